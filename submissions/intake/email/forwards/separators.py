"""The lines that mail programs draw above a letter that they pass on, or answer."""

import re
from enum import IntEnum
from typing import NamedTuple

from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.lines import Line
from submissions.intake.email.forwards.phrases import BEGINS, ENDS, FORWARDED, ORIGINAL

_DASHES = "-=_*~#\u2010\u2011\u2012\u2013\u2014\u2015\u2500"
_RUN = re.compile(rf"[{_DASHES}]{{2,}}")
_BORDER = " \t\xa0" + _DASHES
LONGEST = 120
LONGEST_BEGIN = 60


class Says(IntEnum):
    """What a separator says: the letter under it was passed on, or is the one that was passed on or answered."""

    ORIGINAL = 1
    FORWARDED = 2


class Separator(NamedTuple):
    """A line that parts two letters, and what stands behind it on the same line."""

    says: Says
    rest: str


def separator_of(line: Line) -> Separator | None:
    """Return what a line says as a separator, None if it is none."""
    text = line.text.strip(" \t\xa0*")
    if _RUN.match(text):
        return _dashed(text)
    if len(text) > LONGEST_BEGIN:
        return None
    said = caseless(text).strip(" :.\uff1a")
    # Within a quote no forwarder speaks: what says forwarded there is the program's, even in words that we do not know.
    quoted = line.depth > 0 and text.endswith((":", "\uff1a")) and FORWARDED.search(said)
    return Separator(Says.FORWARDED, "") if quoted or said in BEGINS else None


def ends_forward(line: Line) -> bool:
    """Whether a line of dashes says that the forwarded letter ends here."""
    text = line.text.strip() if len(line.text) <= LONGEST else ""
    if not _RUN.match(text):
        return False
    said = caseless(text.strip(_BORDER))
    return ENDS.match(said) is not None and FORWARDED.search(said) is not None


def _dashed(text: str) -> Separator | None:
    inner = text.lstrip(_BORDER)
    closing = _RUN.search(inner[: LONGEST + 10])
    if not closing or closing.start() > LONGEST:
        return None
    said = caseless(inner[: closing.start()])
    if ENDS.match(said):
        return None
    rest = inner[closing.end() :].lstrip(_BORDER)
    if FORWARDED.search(said):
        return Separator(Says.FORWARDED, rest)
    return Separator(Says.ORIGINAL, rest) if ORIGINAL.search(said) else None
