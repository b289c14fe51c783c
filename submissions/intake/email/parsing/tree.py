"""The parts of a message: the standard library's parse under caps, and accessors that never raise."""

import re
from collections.abc import Callable, Iterator
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from functools import partial
from typing import TypeVar

from submissions.intake.email.parsing.stretches import END_OF_HEADER, LONGEST_FIELD, Part, Stretches, shortened
from submissions.intake.email.parsing.transfer import undone
from submissions.intake.email.parsing.words import header_text, parameter_text

T = TypeVar("T")
D = TypeVar("D")

_LINE_END = re.compile(r"\r\n|\r|\n")


class _AsItCame(policy.Compat32):
    """Writes fields as they were read: the library's own way folds them anew, in time by the square of their length."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a field with CRLF for every line end."""
        line = _LINE_END.sub(self.linesep, f"{name}: {value}")
        return f"{line}{self.linesep}".encode("utf-8", "surrogateescape")


WIRE = _AsItCame(linesep="\r\n")

DEEPEST = 30
MOST_DELIMITERS = 20_000
MOST_FIELDS = 5000
"""Of the fields that describe parts, in a whole message."""
MOST_LINES = 1_000_000
"""Without the long stretches of a large message."""
HEADER_BYTES = 256_000
TOKEN = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)
_SPACED = re.compile(rb"^([!-9;-~]{1,100})[ \t]{1,100}:", re.MULTILINE)
_PARAMETER = re.compile(r';\s{0,50}([\w*-]{1,60})\s{0,50}=\s{0,50}(?:"([^"\r\n]{0,1000})"|([^;\s"]{0,1000}))')


def open_message(raw: bytes) -> tuple[Message, str]:
    """Return a message's tree, and which limit it went over, if any; then only its header was read: it has no parts."""
    over = "parts" if _is_too_much(raw) else ""
    if not over:
        try:
            return _parsed(raw)
        except MemoryError:
            raise
        except Exception:  # whatever the parser stumbles over, the header can still be read
            over = "structure"
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:HEADER_BYTES]), over


def _parsed(raw: bytes) -> tuple[Message, str]:
    short, stretches = shortened(_with_plain_names(raw))
    if short.count(b"\n") + short.count(b"\r") > 2 * MOST_LINES:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:HEADER_BYTES]), "structure"
    return BytesParser(_factory(stretches), policy=policy.compat32).parsebytes(short), ""


def _with_plain_names(raw: bytes) -> bytes:
    """Return a message with no blank before the colons of its header (RFC 5322, 4.5): the parser ends it there."""
    end = END_OF_HEADER.search(raw, 0, HEADER_BYTES)
    head = raw[: end.start()] if end else b""
    return _SPACED.sub(rb"\1:", head) + raw[len(head) :] if _SPACED.search(head) else raw


def _factory(stretches: Stretches | None) -> Callable[..., Message]:
    def part(**options: policy.Policy) -> Part:
        made = Part(**options)
        made.stretches = stretches
        return made

    return part if stretches else Part


def _is_too_much(raw: bytes) -> bool:
    """Whether a message plainly has too many parts, before any time or memory is spent on them."""
    fields = raw.count(b"ontent-") + raw.count(b"ONTENT-")
    return raw.count(b"\n--") > MOST_DELIMITERS or fields > MOST_FIELDS


def children(part: Message, content_type: str | None = None) -> list[Message]:
    """Return the parts of a multipart; of anything else, none. A message within is one leaf."""
    payload = payload_of(part)
    if not isinstance(payload, list) or (content_type or content_type_of(part)).startswith("message/"):
        return []
    return [child for child in payload if isinstance(child, Message)]


def walk(part: Message, depth: int = 0) -> Iterator[tuple[Message, int]]:
    """Yield a part and all below it, down into messages within, with their depth; never deeper than DEEPEST."""
    yield part, depth
    payload = payload_of(part)
    if depth < DEEPEST and isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                yield from walk(child, depth + 1)


def content_type_of(part: Message) -> str:
    """Return the declared media type in lower case; text/plain where it is missing or none."""
    found = guarded(part.get_content_type, "text/plain").lower()
    if TOKEN.fullmatch(found):
        return found
    words = found.split(maxsplit=1)  # a parameter without its semicolon
    return words[0] if words and TOKEN.fullmatch(words[0]) else "text/plain"


def parameters(part: Message, header: str) -> dict[str, str]:
    """Return the parameters of a field by lower-case name, as text; of repeated ones the first."""
    value = part.get(header)
    if not value or ";" not in str(value):
        return {}
    found = guarded(lambda: part.get_params([], header)[1:], None)
    if found is None:  # one broken name* breaks them all
        found = [(name, quoted or plain) for name, quoted, plain in _PARAMETER.findall(str(value)[:LONGEST_FIELD])]
    kept: dict[str, str] = {}
    for name, said in found:
        kept.setdefault(name.lower().rstrip("*"), parameter_text(said))
    return kept


def payload_of(part: Message) -> object:
    """Return a part's payload as it was read: get_payload() would decode it, by charsets that may raise."""
    return vars(part).get("_payload")


def content_of(part: Message) -> bytes:
    """Return the bytes of a leaf with its transfer encoding undone; of a message within, that message."""
    payload = payload_of(part)
    if isinstance(payload, list):
        content = guarded(lambda: _flat(part), b"") if content_type_of(part).startswith("message/") else b""
    else:
        content = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    content = _whole(part, content)
    return undone(content, str(part.get("content-transfer-encoding", "")))


def _whole(part: Message, content: bytes) -> bytes:
    stretches = getattr(part, "stretches", None)
    return stretches.put_back(content) if stretches else content


def _flat(part: Message) -> bytes:
    """Return the messages within a part as bytes: one, or the groups of fields of a delivery status."""
    return b"".join(_bytes(inner) for inner in part.get_payload() if isinstance(inner, Message))


def _bytes(inner: Message) -> bytes:
    flat = inner.as_bytes(policy=WIRE)
    return flat if inner.keys() else flat.removeprefix(b"\r\n")


def guarded(call: Callable[[], T], default: D) -> T | D:
    """Return what an accessor of the standard library returns, or the default if it raises anything.

    Out of memory is no fault of the accessor, and fails the whole attempt.
    """
    try:
        return call()
    except MemoryError:
        raise
    except Exception:
        return default


def tame(part: Message) -> None:
    """Make the fields that the standard library parses text, and no longer than it can parse in good time."""
    for name, value in part.raw_items():
        raw = str(value)
        if name.lower() in ("content-type", "content-disposition", "content-transfer-encoding") and (
            len(raw) > LONGEST_FIELD or not raw.isascii()
        ):
            guarded(partial(part.replace_header, name, header_text(raw[:LONGEST_FIELD])), None)
