"""The line that stands above quoted words: `On Monday, W. Prairie <w.prairie@example.org> wrote:`, in any language."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.dates import ZONES, read_date
from submissions.intake.email.forwards.lines import Line
from submissions.intake.email.forwards.people import addresses, mailbox
from submissions.intake.email.forwards.phrases import WROTE

LONGEST = 400
MOST_LINES = 3
_QUOTED_NAME = re.compile(r"[\"«„“]\s?([^\"«»„“”]{1,200}?)\s?[\"»”“]\s{0,3}[<\[(]?$")
_WHEN = re.compile(r"\W{0,5}(?:[AaPp]\.?[Mm]\b\.?|Uhr\b|(?:" + "|".join(ZONES) + r")\b)")
_WORD = re.compile(r"\W{0,5}([^\W\d_]{1,30})\b(?!\.)")
_PARTICLES = {
    *("al", "ben", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "ten", "ter"),
    *("van", "von", "y", "zu"),
}


class Attribution(NamedTuple):
    """Who wrote the words under a line, and when; `start` and `end` are the lines that say so."""

    start: int
    end: int
    name: str
    address: str
    text: str

    @property
    def date(self) -> datetime | None:
        """When, None if the line does not say, or is not understood."""
        return read_date(self.text)


def attribution_at(lines: Sequence[Line], at: int, *, verb: bool = True) -> Attribution | None:
    """Return who a line says wrote what follows, None if it says nothing of the kind.

    It ends in a colon and says "wrote" (without `verb`, an address and a date suffice); of a line that was broken, the
    lines before belong to it.
    """
    text = lines[at].text.strip()
    if not text.endswith((":", "\uff1a", ": >")) or len(text) > LONGEST:
        return None
    start, whole = _from_start(lines, at, text)
    if verb and not WROTE.search(caseless(whole)):
        return None
    if not verb and not (addresses(whole) and any(char.isdigit() for char in whole)):
        return None
    name, address = _who(whole)
    return Attribution(start, at + 1, name, address, whole)


def _from_start(lines: Sequence[Line], at: int, text: str) -> tuple[int, str]:
    start, whole = at, text
    while not all(_who(whole)) and start and at - start < MOST_LINES - 1:
        before = lines[start - 1]
        if before.blank or before.depth != lines[at].depth or len(before.text) > LONGEST:
            break
        start, whole = start - 1, f"{before.text.strip()} {whole}"
    return start, whole


def _who(text: str) -> tuple[str, str]:
    """Return the (name, address) of a line; the name stands in quotation marks, or between the time and the address."""
    before, address = mailbox(text)
    if not address:
        return "", ""
    head = text[: max(text.lower().find(address.partition("@")[0].lower()), 0)]
    quoted = _QUOTED_NAME.search(head.rstrip(" <[("))
    if quoted:
        return quoted[1].strip(), address
    rest = re.split(r"\d", before)[-1]
    while before_name := _WHEN.match(rest) or _small_word(rest):
        rest = rest[before_name.end() :]
    return mailbox(rest)[0], address


def _small_word(text: str) -> re.Match[str] | None:
    """Return a word in small letters that no name begins with: "wrote" may stand before the name, as may "user"."""
    word = _WORD.match(text)
    return word if word and word[1].islower() and word[1] not in _PARTICLES else None
