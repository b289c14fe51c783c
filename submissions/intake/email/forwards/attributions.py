"""The line that stands above quoted words: `On Monday, W. Prairie <w.prairie@example.org> wrote:`, in any language."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from submissions.intake.email.forwards.dates import ZONES, read_date
from submissions.intake.email.forwards.folding import fold
from submissions.intake.email.forwards.lines import Line
from submissions.intake.email.forwards.people import addresses, mailbox
from submissions.intake.email.forwards.phrases import WROTE

LONGEST = 400
MOST_LINES = 3
_QUOTED_NAME = re.compile(r"[\"«„“]\s?([^\"«»„“”]{1,200}?)\s?[\"»”“]\s{0,3}[<\[(]?$")
_WHEN = re.compile(
    r"\W{0,5}(?:[ap]\.?m\b\.?|uhr\b|użytkownik\b|пользователь\b|користувач\b|(?-i:" + "|".join(ZONES) + r")\b)",
    re.IGNORECASE,
)


class Attribution(NamedTuple):
    """Who wrote the words under a line, and when; `start` and `end` are the lines that say so."""

    start: int
    end: int
    name: str
    address: str
    date: datetime | None


def attribution_at(lines: Sequence[Line], at: int, *, verb: bool = True) -> Attribution | None:
    """Return who a line says wrote what follows, None if it says nothing of the kind.

    It ends in a colon and says "wrote" (without `verb`, an address and a date suffice); of a line that was broken, the
    lines before belong to it.
    """
    text = lines[at].text.strip()
    if not text.endswith((":", "\uff1a", ": >")) or len(text) > LONGEST:
        return None
    start, whole = _from_start(lines, at, text)
    if verb and not WROTE.search(fold(whole)):
        return None
    if not verb and not (addresses(whole) and any(char.isdigit() for char in whole)):
        return None
    name, address = _who(whole)
    return Attribution(start, at + 1, name, address, read_date(whole))


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
    while when := _WHEN.match(rest):
        rest = rest[when.end() :]
    return mailbox(rest)[0].removeprefix("Fwd").strip(" ,:"), address
