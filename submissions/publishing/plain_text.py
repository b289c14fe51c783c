"""What a reader typed, made fit to print: no control characters, no tricks of direction, no HTML, no live links."""

import re

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # what XML and terminals cannot take
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
LONGEST_WRAPPED = 100
"""Characters. A longer line was not wrapped by a mail program: its end is the writer's, and ends a paragraph."""
SHORTEST_WRAPPED = 45
"""Characters. Shorter lines are a list, a verse or a signature, and stay lines."""


def clean(text: str | None) -> str:
    """Return a text without what no reader can see: controls, direction overrides, zero-width and tag characters.

    Joiners (U+200C, U+200D) stay: Persian, Indic scripts and emoji are spelt with them.
    """
    return _UNPRINTABLE.sub("", _NEWLINES.sub("\n", text or ""))


def one_line(text: str | None) -> str:
    """Return a text clean and on one line."""
    return " ".join(clean(text).split())


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
