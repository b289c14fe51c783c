"""The lines of a letter with their depth of quoting, and the words of a part of them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from submissions.cleaning import clean_text

MOST_LINES = 20_000
"""So many lines are looked at for the head of a letter passed on."""
MOST_MARKS = 50
_QUOTED = re.compile(r"(?: {0,3}>)+ ?")
_RULE = re.compile(r"[-=_*~#\u2010-\u2015\u2500 ]{5,}")


class Line(NamedTuple):
    """A line without its marks of quoting, and how many it had."""

    depth: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is on it."""
        return not self.text or self.text.isspace()

    @property
    def ruled(self) -> bool:
        """Whether it is nothing but a row of dashes or the like."""
        return _RULE.fullmatch(self.text) is not None


def read_lines(body: str) -> list[Line]:
    """Return the lines of a text; what lies beyond MOST_LINES is one."""
    return [_line(text) for text in body.split("\n", MOST_LINES)]


def _line(text: str) -> Line:
    marks = _QUOTED.match(text) if ">" in text[:4] else None
    return Line(marks[0].count(">"), text[marks.end() :]) if marks else Line(0, text)


def words(lines: Sequence[Line]) -> str:
    """Return the text of lines as a letter of its own: what marks of quoting or what indent all have is left out."""
    said = [line for line in lines if not line.blank]
    if not said:
        return ""
    depth = min(line.depth for line in said)
    indent = min(len(line.text) - len(line.text.lstrip(" \xa0")) for line in said)
    if depth or indent or any(line.depth for line in said):
        return clean_text("\n".join(_mark(line.depth - depth) + line.text[indent:] for line in lines)).lstrip()
    return clean_text("\n".join(line.text for line in lines)).lstrip()


def _mark(depth: int) -> str:
    return "> " * min(depth, MOST_MARKS)


def above(lines: Sequence[Line]) -> str:
    """Return the text of the lines before a forwarded letter, without the rule that parts them."""
    end = len(lines)
    while end and (lines[end - 1].blank or lines[end - 1].ruled):
        end -= 1
    return words(lines[:end])


def quoted_until(lines: Sequence[Line], start: int, depth: int) -> int:
    """Return where the lines from `start` on end that are quoted `depth` times or more.

    The rest of a quoted line, which some program broke without a mark, belongs to them.
    """
    if not depth:
        return len(lines)
    for at in range(start, len(lines)):
        line = lines[at]
        if line.depth < depth and not line.blank and not _is_rest(lines, at, depth):
            return at
    return len(lines)


def _is_rest(lines: Sequence[Line], at: int, depth: int) -> bool:
    around = lines[max(at - 1, 0) : at + 2]
    return len(around) == 3 and all(line.depth >= depth and not line.blank for line in (around[0], around[2]))
