"""A text's paragraphs and its beginning, as they are printed."""

import re

from submissions.cleaning import clean, one_line

_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
LONGEST_WRAPPED = 100
"""Characters. A longer line was not wrapped by a mail program: its end is the writer's, and ends a paragraph."""
SHORTEST_WRAPPED = 45
"""Characters. Shorter lines are a list, a verse or a signature, and stay lines."""


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a text, which blank lines part; lines that a mail program broke are joined again."""
    found: list[str] = []
    for block in _BLANK.split(clean(text).strip()):
        lines = [line for line in (" ".join(line.split()) for line in block.split("\n")) if line]
        if any(len(line) > LONGEST_WRAPPED for line in lines):
            found.extend(lines)
        elif lines:
            wrapped = all(len(line) >= SHORTEST_WRAPPED for line in lines[:-1])
            found.append((" " if wrapped else "\n").join(lines))
    return found


def excerpt(text: str | None, limit: int) -> str:
    """Return the beginning of a text, at most `limit` characters, cut between words."""
    whole = one_line(text)
    if len(whole) <= limit:
        return whole
    start = whole[:limit]
    return (start.rpartition(" ")[0] or start[:-1]).rstrip(" ,;:\u2013\u2014-") + "…"
