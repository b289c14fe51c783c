"""Which attached document is the letter, where the mail itself is only a covering note."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from submissions.intake.documents.document import Document
from submissions.intake.documents.kinds import kind_of
from submissions.intake.documents.process import SECONDS
from submissions.intake.documents.reading import read_document
from submissions.textcount import count_words

if TYPE_CHECKING:
    from submissions.intake.arrival import File

LEAST_WORDS = 25
SURE_WORDS = 50
"""A shorter document is the letter only if it has twice the words of the mail."""
MOST_WORDS = 4000
"""A longer document is a report sent along: the longest opinion piece that papers take has a third of it."""
TIMES = 2
"""So many times the words of what it is compared with make a document the letter."""
NOTE_WORDS = 40
"""A mail with fewer is a note, whatever it says."""
FULL_WORDS = 100
"""A mail with as many may be a letter itself: it is a note only where it says that something is attached."""
MOST_DOCUMENTS = 5
"""Of one mail are read, in SECONDS together."""
ALIKE = 0.7
"""The share of the shorter text's runs of words that stand in the longer: then one is the other, laid out anew."""
RUN = 4

_KINDS = ("docx", "odt", "rtf", "html", "text", "pdf")
"""The better is named first, where two files hold the same text."""
_NO_LETTER = re.compile(
    r"\b(?:bio(?! ?(?:fuel|gas|mass|divers|energy|hazard|tech))|biography|biograf[a-z]{1,5}|resume|r\xe9sum\xe9|cv"
    r"|curriculum|lebenslauf|headshot|invoice|att\d{3,8}"
    r"|(?:press|news|media) ?(?:release|advisory|kit)|cover(?:ing)? (?:letter|note|email))\b",
    re.IGNORECASE,
)
"""Of a file's name. ATT00001 is what Outlook calls the rest of a mail's own text."""
_LETTER = re.compile(
    r"\b(?:letters?|lte|op ?ed|opinion|editor|editorial|column|commentary|essay|leserbrief|carta|lettre|lettera)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"for immediate release|(?:press|news|media) (?:release|advisory)|embargoed until|curriculum vit(?:ae|\xe6)"
    r"|^\W{0,20}(?:resume|r\xe9sum\xe9|biography|about the author)\W",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"attach|enclos|anhang|anbei|anh\xe4ng|beigef\xfcgt|adjunt|anexo|allegat|ci.joint|pi\xe8ce.jointe|bijla|bijgevoegd|bifog"
    r"|vedlagt|vedh\xe6ft|liitteen|za\u0142\u0105cz|\u0432\u043b\u043e\u0436|\u043f\u0440\u0438\u043a\u0440\u0435\u043f"
    r"|\u9644\u4ef6|\u6dfb\u4ed8|\ucca8\ubd80|\u0645\u0631\u0641\u0642",
    re.IGNORECASE,
)
_HEAD = 400
"""Characters at a document's beginning in which it says that it is a press release."""


@dataclass(frozen=True, kw_only=True)
class LetterInFile:
    """An attached document that carries the letter."""

    file: "File"
    document: Document


def letter_in(files: "Sequence[File]", body: str) -> LetterInFile | None:
    """Return the attached document that is the letter; None where none plainly is. Never raises.

    House rule: a document of 25 to 4,000 words that has twice the words of the body, or has 50 beside a body under 40.
    A body of 100 words is a note only if it says that something is attached. A document that calls itself a press
    release, a biography and the like is none. If a document repeats the body, the body is the letter. The same text in
    two formats counts once. Of several texts one has to be called a letter, alone, or have twice the words of the next.
    """
    if not any(map(kind_of, files)) or not _may_cover(body):
        return None
    documents = list(documents_in(files))
    if any(_is_alike(body, found.document.text) for found in documents):
        return None
    candidates = _without_copies([found for found in documents if _may_be_letter(found) and _is_covered(body, found)])
    called = [found for found in candidates if _LETTER.search(_words_of_name(found.file))]
    if len(candidates) > 1 and len(called) == 1:
        return called[0]
    candidates.sort(key=lambda found: count_words(found.document.text), reverse=True)
    if len(candidates) > 1 and not _has_twice(candidates[0], candidates[1].document.text):
        return None
    return next(iter(candidates), None)


def documents_in(files: "Sequence[File]") -> "Iterator[LetterInFile]":
    """Yield the first documents among files with what they say, in SECONDS together."""
    until = time.monotonic() + SECONDS
    for file in [file for file in files if kind_of(file)][:MOST_DOCUMENTS]:
        document = read_document(file, until - time.monotonic())
        if document:
            yield LetterInFile(file=file, document=document)


def is_note(body: str) -> bool:
    """Whether a body only covers what came with it."""
    words = count_words(body)
    return words < NOTE_WORDS or (words < FULL_WORDS and _says_so(body))


def _is_covered(body: str, found: LetterInFile) -> bool:
    """Whether a document is long enough beside a body to be what that covers."""
    short = count_words(body) < NOTE_WORDS
    return _has_twice(found, body) or (short and count_words(found.document.text) >= SURE_WORDS)


def _may_cover(body: str) -> bool:
    """Whether a body can be a note at all: to read a document takes longer than all the rest of a mail."""
    return count_words(body) < FULL_WORDS or _says_so(body)


def _says_so(body: str) -> bool:
    return bool(_ATTACHED.search(body))


def _has_twice(found: LetterInFile, text: str) -> bool:
    return count_words(found.document.text) >= TIMES * count_words(text)


def _may_be_letter(found: LetterInFile) -> bool:
    words = count_words(found.document.text)
    named = _words_of_name(found.file)
    return (
        LEAST_WORDS <= words <= MOST_WORDS
        and not _NO_LETTER.search(named)
        and not _RELEASE.search(found.document.text[:_HEAD])
    )


def _words_of_name(file: "File") -> str:
    """Return a file's name as words: "JaneDoe_op-ed.docx" is "Jane Doe op ed docx"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", file.name[:200])
    return re.sub(r"[_.\-+()\[\]]", " ", apart)


def _without_copies(found: list[LetterInFile]) -> list[LetterInFile]:
    """Return documents with one for each text, in the format that is read best."""
    kept: list[LetterInFile] = []
    for one in sorted(found, key=lambda one: _KINDS.index(kind_of(one.file))):
        if not any(_is_alike(one.document.text, other.document.text) for other in kept):
            kept.append(one)
    return kept


def _is_alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for their layout, a heading or a footer."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) < NOTE_WORDS or len(longer) > TIMES * len(shorter):
        return False
    runs, others = sorted((_runs(shorter), _runs(longer)), key=len)
    return len(runs & others) >= ALIKE * max(len(runs), 1)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    plain = ["".join(filter(str.isalnum, word)).casefold() for word in words]
    said = [word for word in plain if word]
    return set(zip(*(said[place:] for place in range(RUN)), strict=False))
