"""The outline of a message: what hangs where, and what each leaf says of itself. Made once, read for all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from functools import cached_property

from submissions.intake.email.parsing.charsets import beginning, decode
from submissions.intake.email.parsing.intext import InText, in_text
from submissions.intake.email.parsing.tree import (
    DEEPEST,
    children,
    content_of,
    content_type_of,
    guarded,
    parameters,
    payload_of,
    tame,
)

_META = re.compile(rb"<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_TEXTS = ("text/plain", "text/html")


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A part that holds content: its type as declared, where it hangs, and how it wants to be shown."""

    part: Message
    content_type: str
    parent_type: str
    first: bool
    disposition: str
    name: str
    parameters: dict[str, str]

    @property
    def is_body(self) -> bool:
        """Whether it is text to be read in the message, not a file (RFC 8621, 4.1.4)."""
        readable = self.content_type in _TEXTS and self.disposition != "attachment"
        return readable and (self.first or not self.name)

    @property
    def is_unparsed(self) -> bool:
        """Whether it calls itself a multipart and is none: then its text is all there is."""
        return self.content_type.startswith("multipart/") and isinstance(payload_of(self.part), str)

    @cached_property
    def content(self) -> bytes:
        """The content with its transfer encoding undone."""
        return content_of(self.part)

    @cached_property
    def in_text(self) -> InText:
        """The content of a text without the files that are written in it, and these files."""
        return in_text(self.content) if self.content_type != "text/html" else InText(self.content)

    def text(self) -> str:
        """Return the content as text, by its charset; of a very long one the first whole lines."""
        content = beginning(self.in_text.rest)
        return decode(content, self.parameters.get("charset") or self._said_within(content))

    def _said_within(self, content: bytes) -> str:
        """Return the charset that a page names itself (RFC 2854, 6 leaves it to the page)."""
        found = _META.search(content[:4000]) if self.content_type == "text/html" else None
        return found[1].decode("ascii", "replace") if found else ""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A multipart and what is in it."""

    content_type: str
    below: "tuple[Branch | Leaf, ...]"


def outline(part: Message, parent_type: str = "", *, first: bool = True, depth: int = 0) -> Branch | Leaf:
    """Return what hangs where in a message; what nests deeper than DEEPEST is one leaf."""
    tame(part)
    kind = content_type_of(part)
    below = children(part, kind) if depth < DEEPEST else []
    if not below:
        return _leaf(part, kind, parent_type, first=first)
    found = (outline(child, kind, first=not place, depth=depth + 1) for place, child in enumerate(below))
    return Branch(content_type=kind, below=tuple(found))


def leaf_of(part: Message) -> Leaf:
    """Describe one part by itself, wherever it hangs."""
    tame(part)
    return _leaf(part, content_type_of(part), "", first=True)


def _leaf(part: Message, kind: str, parent_type: str, *, first: bool) -> Leaf:
    said, shown = parameters(part, "content-type"), parameters(part, "content-disposition")
    return Leaf(
        part=part,
        content_type=kind,
        parent_type=parent_type,
        first=first,
        disposition=guarded(part.get_content_disposition, None) or "",
        name=shown.get("filename") or said.get("name", ""),
        parameters=said,
    )


def leaves(found: Branch | Leaf) -> Iterator[Leaf]:
    """Yield the leaves of an outline in their order."""
    if isinstance(found, Leaf):
        yield found
        return
    for below in found.below:
        yield from leaves(below)
