"""The parts of a message: the standard library's parse under caps, and accessors that never raise."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from typing import TypeVar

from submissions.intake.email.charsets import decode
from submissions.intake.email.words import header_text, parameter_text

T = TypeVar("T")
D = TypeVar("D")

WIRE = policy.compat32.clone(linesep="\r\n")

MOST_PARTS = 200
DEEPEST = 30
MOST_DELIMITERS = 20_000
MOST_FIELDS = 5000
"""Of the fields that describe parts, in a whole message."""
MOST_TEXT = 2_000_000
"""Bytes of a text part that are read as text."""
FIELD_LENGTH = 4000
HEADER_BYTES = 256_000
TOKEN = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)


def open_message(raw: bytes) -> tuple[Message, str]:
    """Return a message's tree, and which limit it went over, if any; then only its header was read: it has no parts."""
    over = _over(raw)
    if not over:
        try:
            return BytesParser(policy=policy.compat32).parsebytes(raw), ""
        except Exception:  # whatever the parser stumbles over, the header can still be read
            over = "structure"
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:HEADER_BYTES]), over


def _over(raw: bytes) -> str:
    """Return the limit that a message plainly goes over, before any time or memory is spent on its parts."""
    fields = raw.count(b"ontent-") + raw.count(b"ONTENT-")
    return "parts" if raw.count(b"\n--") > MOST_DELIMITERS or fields > MOST_FIELDS else ""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A part that holds content: its type as declared, where it hangs, and how it wants to be shown."""

    part: Message
    content_type: str
    parent_type: str
    first: bool
    disposition: str
    name: str

    @property
    def is_body(self) -> bool:
        """Whether it is text to be read in the message, not a file (RFC 8621, 4.1.4)."""
        readable = self.content_type in ("text/plain", "text/html") and self.disposition != "attachment"
        return readable and (self.first or not self.name)

    @property
    def is_unparsed(self) -> bool:
        """Whether it calls itself a multipart and is none: then its text is all there is."""
        return self.content_type.startswith("multipart/") and isinstance(self.part.get_payload(), str)

    def content(self) -> bytes:
        """Return the content with its transfer encoding undone."""
        return content_of(self.part)

    def text(self) -> str:
        """Return the content as text, by its charset; of a very long one the first whole lines."""
        charset, content = parameter(self.part, "charset"), self.content()
        if len(content) > MOST_TEXT:
            content = content[:MOST_TEXT].rpartition(b"\n")[0] or content[:MOST_TEXT]
        return decode(content, charset)


def leaf_of(part: Message, parent_type: str = "", *, first: bool = True) -> Leaf:
    """Describe a part."""
    _tame(part)
    disposition = guarded(part.get_content_disposition, None) or ""
    name = parameter(part, "filename", "content-disposition") or parameter(part, "name")
    return Leaf(
        part=part,
        content_type=content_type_of(part),
        parent_type=parent_type,
        first=first,
        disposition=disposition,
        name=name,
    )


def children(part: Message) -> list[Message]:
    """Return the parts of a multipart; of anything else, none. A message within is one leaf."""
    payload = part.get_payload() if guarded(part.is_multipart, default=False) else None
    if not isinstance(payload, list) or content_type_of(part).startswith("message/"):
        return []
    return [child for child in payload if isinstance(child, Message)]


def walk(part: Message, depth: int = 0) -> Iterator[tuple[Message, int]]:
    """Yield a part and all below it, down into messages within, with their depth; never deeper than DEEPEST."""
    yield part, depth
    payload = part.get_payload() if guarded(part.is_multipart, default=False) else None
    if depth < DEEPEST and isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                yield from walk(child, depth + 1)


def content_type_of(part: Message) -> str:
    """Return the declared media type in lower case; text/plain where it is missing or none."""
    found = guarded(part.get_content_type, "text/plain").lower()
    return found if TOKEN.fullmatch(found) else "text/plain"


def parameter(part: Message, name: str, header: str = "content-type") -> str:
    """Return a parameter of a field as text, "" where there is none."""
    value = guarded(lambda: part.get_param(name, "", header), "")
    return parameter_text(value) if value else ""


def content_of(part: Message) -> bytes:
    """Return the bytes of a leaf with its transfer encoding undone; of a message within, that message."""
    if content_type_of(part).startswith("message/") and isinstance(part.get_payload(), list):
        inner = part.get_payload(0)
        return guarded(lambda: inner.as_bytes(policy=WIRE), b"") if isinstance(inner, Message) else b""
    try:
        content = part.get_payload(decode=True)
    except Exception:  # a charset that no codec can bear breaks even the undoing of base64
        del part["content-type"]
        content = guarded(lambda: part.get_payload(decode=True), b"")
    return content if isinstance(content, bytes) else b""


def guarded(call: Callable[[], T], default: D) -> T | D:
    """Return what an accessor of the standard library returns, or the default if it raises anything."""
    try:
        return call()
    except Exception:
        return default


def _tame(part: Message) -> None:
    """Make the fields that the standard library parses text, and no longer than it can parse in good time."""
    for name, value in part.raw_items():
        raw = str(value)
        if name.lower() in ("content-type", "content-disposition", "content-transfer-encoding") and (
            len(raw) > FIELD_LENGTH or not raw.isascii()
        ):
            guarded(lambda n=name, v=raw: part.replace_header(n, header_text(v[:FIELD_LENGTH])), None)  # type: ignore[misc]
