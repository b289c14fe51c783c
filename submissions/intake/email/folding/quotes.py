"""A mail taken apart into the writer's own words, what they cite, and what introduces it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from submissions.intake.email.folding.attributions import Cut, attribution_at
from submissions.intake.email.folding.mail_headers import header_at


class Part(Enum):
    """What a stretch of lines is."""

    OWN = auto()
    INTRODUCTION = auto()
    """Lines that a mail program put above a quote."""
    MAYBE = auto()
    """Lines that introduce a quote, but may be the writer's own sentence."""
    CITED = auto()
    """Lines with a mark of quotation."""
    REST = auto()
    """An unmarked quote: from its introduction to the end of the mail."""


@dataclass(frozen=True)
class Stretch:
    """Lines from number `start` to before `end`."""

    part: Part
    start: int
    end: int


_MARK = re.compile(r"[ \t]{0,3}>(?!From )")
_NAMED = re.compile(r"[ \t]{0,3}([^\W\d_]{1,12})>(?:\s|$)")
_BAR = re.compile(r"[ \t]{0,3}\|")

Mark = Callable[[str], object]
"""Whether a line bears the mark."""


def stretches(lines: Sequence[str]) -> Iterator[Stretch]:
    """Yield the stretches of a mail in their order; blank lines between two belong to the first."""
    at = begun = 0
    own = False
    while at < len(lines):
        found = _other(lines, at, own=own)
        if not found:
            own = own or bool(lines[at].strip())
            at += 1
            continue
        if begun < at:
            yield Stretch(Part.OWN, begun, at)
        yield from found
        at = begun = found[-1].end
    if begun < at:
        yield Stretch(Part.OWN, begun, at)


def _other(lines: Sequence[str], at: int, *, own: bool) -> list[Stretch]:
    """Return what begins on a line that is not the writer's own; nothing if it is. `own`: own words stand above it."""
    cited = _cited_end(lines, at, _mark(lines, at))
    if cited:
        return [Stretch(Part.CITED, at, cited)]
    cut = _cut(lines, at, own=own)
    if not cut:
        return []
    first = next((number for number in range(cut.end, min(cut.end + 4, len(lines))) if lines[number].strip()), cut.end)
    cited = _cited_end(lines, first, _mark(lines, first, introduced=True))
    if cited:
        return [Stretch(Part.INTRODUCTION if cut.sure else Part.MAYBE, at, first), Stretch(Part.CITED, first, cited)]
    if not cut.sure:
        return []
    return [Stretch(Part.REST, at, len(lines)) if own else Stretch(Part.INTRODUCTION, at, cut.end)]


def _cut(lines: Sequence[str], at: int, *, own: bool) -> Cut | None:
    if not lines[at] or lines[at].isspace():
        return None
    return header_at(lines, at, bare=own) or attribution_at(lines, at)


def _mark(lines: Sequence[str], at: int, *, introduced: bool = False) -> Mark | None:
    """Return by which mark the lines from here on are quoted; "Jane>" and "|" need an introduction, or company."""
    if at >= len(lines) or (not introduced and ">" not in lines[at]):
        return None
    if _MARK.match(lines[at]):
        return _MARK.match
    if introduced and _BAR.match(lines[at]):
        return _BAR.match
    named = _NAMED.match(lines[at])
    if named:
        mark = partial(_is_named, named[1])
        if introduced or (at + 1 < len(lines) and mark(lines[at + 1])):
            return mark
    return None


def _is_named(name: str, line: str) -> bool:
    found = _NAMED.match(line)
    return found is not None and found[1] == name


def _cited_end(lines: Sequence[str], at: int, mark: Mark | None) -> int | None:
    """Return the number of the line after a run of marked lines, with blank lines between them; None without a mark."""
    if mark is None:
        return None
    end = at
    for number in range(at, len(lines)):
        if mark(lines[number]):
            end = number + 1
        elif lines[number].strip():
            break
    return end
