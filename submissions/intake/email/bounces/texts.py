"""The text of a bounce: what a person would read of it, without the returned message, and what names that message."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from submissions.intake.email.parsing.html import html_to_text
from submissions.intake.email.parsing.leaves import Leaf, leaves, outline
from submissions.intake.email.parsing.tree import DEEPEST, children

MOST_LEAVES = 20
MOST_CHARACTERS = 40_000
MOST_LINES = 1500
LINE_LENGTH = 400
# A line after which comes the returned message.
_RETURNED = re.compile(
    r"^[\s>*=_#.:+|-]{0,80}(?:"
    r"below (?:this|the next) line is|below is a copy"
    r"|(?:here is )?your returned mail\b"
    r"|(?:(?:this|included|below|here|the following) is )?a copy of (?:your|the)(?: original)? (?:message|mail)\b"
    r"|(?:start of )?(?:returned|original|unsent|undelivered) (?:message|mail|e-?mail)(?: header| text)?s?\b"
    r"|(?:received|return-path):"
    r"|message text follows|header of the source mail|message headers? (?:follow|below))",
    re.IGNORECASE,
)
_LONG_RUN = re.compile(r"[ \t\xa0]{9,}")


def text_leaves(message: Message) -> Iterator[Leaf]:
    """Yield the text parts of a message, without those of messages within it."""
    found = leaves(outline(message))
    yield from islice(
        (leaf for leaf in found if leaf.content_type.startswith("text/") or leaf.is_unparsed), MOST_LEAVES
    )


def readable(leaf: Leaf) -> str:
    """Return the text of a leaf as a person reads it, cut where it is long: lines to LINE_LENGTH, too."""
    text = leaf.text()[: 4 * MOST_CHARACTERS]
    if leaf.content_type == "text/html":
        text = html_to_text(text)
    lines = text[:MOST_CHARACTERS].splitlines()[:MOST_LINES]
    return "\n".join(_LONG_RUN.sub("        ", line[:LINE_LENGTH]) for line in lines)


def text_of(message: Message) -> str:
    """Return all that is readable in a message, up to MOST_CHARACTERS."""
    return "\n\n".join(readable(leaf) for leaf in text_leaves(message))[:MOST_CHARACTERS]


def before_the_returned(text: str) -> str:
    """Return a text up to and with the line after which the returned message comes."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if place and _RETURNED.match(line):
            return "\n".join(lines[: place + 1])
    return text


def unquoted(text: str) -> str:
    """Return a text without the lines that a person quotes."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith((">", "|")))


def own_parts(part: Message, depth: int = 0) -> Iterator[Message]:
    """Yield a part and those below it, but none of a message within."""
    yield part
    for child in children(part) if depth < DEEPEST else ():
        yield from own_parts(child, depth + 1)
