"""Lines that a mail program broke to a fixed width, made into paragraphs again; breaks that a writer made stay."""

import re
from itertools import pairwise

WIDEST = 80
"""Characters. Programs wrap at 72 to 78; longer lines are broken by nobody (a link may be longer)."""
NARROWEST = 50
"""A text whose longest line is shorter was written so: a poem, an address."""
_OWN = re.compile(r"[>|]|\s|[-*\u2022\u2013\u2014]\s|\d{1,3}[.)]\s")
"""How a line begins that is a quote, indented, or an item of a list: it stays a line of its own."""


def rewrap(text: str) -> str:
    """Return a text with the line breaks undone that only a full line explains; its length does not change.

    House rule: a break is the program's if the next line's first word had no room before the widest line's end. So no
    break goes in verse, in addresses and between items of a list, which end before they must.
    """
    lines = text.split("\n")
    width = max((len(line) for line in lines if len(line) <= WIDEST), default=0)
    if width < NARROWEST:
        return text
    joints = ("\n" if _is_writers(line, after, width) else " " for line, after in pairwise(lines))
    return "".join(part for pair in zip(lines, [*joints, ""], strict=True) for part in pair)


def _is_writers(line: str, after: str, width: int) -> bool:
    """Whether the break between two lines is the writer's own."""
    if not line or not after or _OWN.match(line) or _OWN.match(after) or line.endswith(" "):
        return True
    first = after.partition(" ")[0]
    return len(line) > WIDEST or len(line) + 1 + len(first) <= width
