"""Characters that pose as others, or that nobody sees."""

import re
import unicodedata
from functools import lru_cache

from confusable_homoglyphs import confusables

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import Draft, notice

_WORD = re.compile(r"[^\W\d_]+")
_SCIENCE = set("αβγδεθκλμπρστφχψωΔΣΩ")
"""Greek letters that stand in honest words of other scripts, such as those of proteins and of small lengths."""

_HIDDEN = re.compile(
    "[\u200b\u2060-\u2064\ufeff]"  # zero-width spaces and joiners of nothing
    "|[\u202a-\u202e\u2066-\u2069]"  # turns of direction
    "|[A-Za-z\u0400-\u04ff][\u00ad\u200c-\u200f]+(?=[A-Za-z\u0400-\u04ff])"  # joiners that these scripts never need
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]"  # letters in hiding, unless they make a flag
)
_AROUND = re.compile(r"\S{0,40}$"), re.compile(r"\S{0,40}")


def mixed_script(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice words of two alphabets in which a letter poses as another. Words of one alphabet, any, are honest."""
    found = [match.span() for match in _WORD.finditer(draft.body) if _poses(match[0])]
    in_headline = sum(_poses(match[0]) for match in _WORD.finditer(draft.headline))
    if not found and not in_headline:
        return []
    count = len(found) + in_headline
    message = f"{count} word{'s' if count > 1 else ''} with letters of another alphabet that look like ours"
    return [notice("mixed_script", message, span=found[0] if found else None, body=draft.body, count=count)]


def invisible(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice invisible and direction-changing characters; the word around the first is quoted."""
    found = [match for match in _HIDDEN.finditer(draft.body) if match.start() or match[0] != "\ufeff"]
    count = len(found) + len(_HIDDEN.findall(draft.headline))
    if not count:
        return []
    message = f"{count} invisible character{'s' if count > 1 else ''}"
    names = sorted({unicodedata.name(match[0][-1], "unnamed") for match in found})[:10]
    span = _word_around(draft.body, found[0]) if found else None
    return [notice("invisible", message, span=span, body=draft.body, count=count, names=names)]


def _word_around(body: str, match: re.Match[str]) -> tuple[int, int]:
    before = _AROUND[0].search(body, max(0, match.start() - 40), match.start())
    after = _AROUND[1].match(body, match.end())
    return (before.start() if before else match.start(), after.end() if after else match.end())


def _poses(word: str) -> bool:
    """Whether a word of at least three letters mixes Latin, Cyrillic and Greek, and one of them looks like another."""
    if len(word) < 3 or word.isascii():
        return False
    scripts = {char: _script(char) for char in set(word)}
    if len({script for script in scripts.values() if script}) < 2:
        return False
    if set(scripts.values()) <= {"LATIN", "GREEK"} and all(
        char in _SCIENCE for char, script in scripts.items() if script == "GREEK"
    ):
        return False
    return any(_looks_latin(char) for char, script in scripts.items() if script not in ("", "LATIN"))


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the alphabet of a letter where it is one of the three that look alike, else an empty text."""
    script = unicodedata.name(char, "").partition(" ")[0]
    return script if script in {"LATIN", "CYRILLIC", "GREEK"} else ""


@lru_cache(maxsize=4096)
def _looks_latin(char: str) -> bool:
    return bool(confusables.is_confusable(char, preferred_aliases=["latin"]))  # type: ignore[no-untyped-call]
