"""The line with which mail programs introduce a quote, in 35 languages: "On Monday at 10:00 Jane Doe wrote:"."""
# ruff: noqa: RUF001 the words of many scripts

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MOST_LINES = 6
MOST_CHARACTERS = 400


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Lines that introduce what somebody else wrote; `end` is the number of the line after them.

    `sure`: a mail program wrote them, so what follows is a quote even without marks; otherwise they may be prose.
    """

    end: int
    sure: bool


_OPENERS = (
    r"on|at|am|um|le|el|il|em|op|den|dne|dňa|dnia|w dniu|na|στις|στη|pe|în|în data de|la data|vào|pada|tarih|в|у|от|ha"
    r"|data"
    r"|dana|els?|kell|kl|dia|no dia|a|þann|på|kuupäeval|בתאריך|في|ar an|ar"
)
_DATED = rf"[ \t*_-]{{0,8}}(?:(?:{_OPENERS})[ \u00a0]|[在於于]|ב|เมื่อ)[^\n]{{0,60}}?\d"
_OPENING = re.compile(_DATED, re.IGNORECASE)
_START = re.compile(
    rf"{_DATED}|[ \t*_-]{{0,8}}(?:\d{{1,4}}[./年년 -]|\w{{2,14}}[,.]{{0,2}} \d|[\"'“\w][^<>:?!\n]{{0,80}}<)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:wrote|writes|schrieb|geschrieben|schreef|geschreven|(?:a )?écrit|escribió|escribio|escreveu|ha scritto"
    r"|scrive"
    r"|napisał(?:\(a\)|a)?|napsala?(?:\(a\))?|napísala?|skrev|skrifaði|kirjoitti|написала?(?:\(а\))?|пишет|пише|написа"
    r"|написав|написала|írta|a scris|yazdı|έγραψε|napisa[ol]a?|kirjutas|rakstīja|rašė|menulis|đã viết|va escriure"
    r"|ha escrit|idatzi zuen|ysgrifennodd|scríobh)(?=[\s(:\uff1a]|$)"
    r"|写道|寫道|写到|書きました|작성|님이|كتب|כתב|เขียน",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>@:]@[\w-]{1,60}\.\w")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
_DAY = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}")
_ZOHO = re.compile(r"-{3,}.*\bwrote -{3,}$")
_INBOX = re.compile(r"\d{4}[/-]\d{1,2}[/-]\d{1,2} \d{1,2}:\d{2} GMT[+-]\d{1,2}:\d{2} \S")
_DATED_ADDRESS = re.compile(r"\d{4}[/-]\d{1,2}[/-]\d{1,2} [^<>]{1,120}<[^<>\s]{1,200}>$")
_COLONS = (":", "\uff1a")
_MARK_AND_VERB = re.compile(r"> ?[\w ]{0,20}[:\uff1a]$")


def attribution_at(lines: Sequence[str], at: int) -> Cut | None:
    """Return the attribution that begins on a line, wrapped over at most MOST_LINES lines, or None."""
    if not _START.match(lines[at][:MOST_CHARACTERS]):
        return None
    said = ""
    for number in range(at, min(at + MOST_LINES, len(lines))):
        line = lines[number][: MOST_CHARACTERS + 1].strip()
        if number > at and not _continues(said, line, lines[number - 1]):
            return None
        said = f"{said} {line}".strip()
        if len(said) > MOST_CHARACTERS:
            return None
        sure = _is_sure(said)
        if sure is not None:
            return Cut(end=number + 1, sure=sure)
        if said.endswith(_COLONS):
            return None
    return None


def _continues(said: str, line: str, before: str) -> bool:
    """Whether a line can go on with an attribution: no quote, none that opens another, no new paragraph."""
    if line.startswith(">"):
        return "<" in said and _MARK_AND_VERB.match(line) is not None
    if line and not before.strip():
        return line.startswith("<")
    return not (_OPENING.match(line) and _is_sure(line) is not None)


@lru_cache(maxsize=128)  # a line is asked about once for each line above it that may begin an attribution
def _is_sure(said: str) -> bool | None:
    """Return whether this is surely an attribution; None where it is none."""
    if _ZOHO.match(said) or _INBOX.match(said):
        return True
    if not said.endswith(_COLONS):
        return False if _DATED_ADDRESS.match(said) else None
    address = _ADDRESS.search(said) is not None
    dated = _TIME.search(said) is not None and _DAY.search(said) is not None
    if _VERB.search(said):
        return address or dated
    return True if address and dated and said[:-1].endswith((">", ")")) else None
