"""Stalwart's mail-parser: hard and broken MIME with the decoded texts and attachments that it finds in each message."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from submissions.cleaning import clean
from submissions.intake.email.parsing.html import html_to_text
from submissions.intake.email.parsing.intext import in_text
from submissions.intake.email.parsing.leaves import leaves, outline
from submissions.intake.email.parsing.parse import ParsedMessage, parse
from submissions.intake.email.parsing.sanitised import html_of
from tests.corpora import CORPORA, Row

_DELIMITER = re.compile(r"\r?\n--\S{1,70}\r?\n(?:[\w-]{1,40}:[^\n]*\n)+\r?\n")
FOLDERS = ("rfc", "legacy", "malformed", "thirdparty")


@dataclass(frozen=True)
class Expected:
    """One text or attachment that a message should give."""

    file: str
    kind: str
    content: bytes


def score() -> list[Row]:
    """Return how many of all expected texts and attachments are found."""
    rows = []
    for name, kinds in (("texts", ("Text", "Html")), ("attachments", ("file", "text file", "message"))):
        asked = [(message, one) for message, found in expectations() for one in found if one.kind in kinds]
        rows.append((f"stalwart {name}", sum(is_found(message, one) for message, one in asked), len(asked)))
    return rows


def expectations() -> Iterator[tuple[ParsedMessage, list[Expected]]]:
    """Yield each message, with LF and with CRLF, and what is expected of it; then each message within it."""
    for path in sorted(path for folder in FOLDERS for path in (CORPORA / "stalwart" / folder).glob("*.eml")):
        raw = path.read_bytes()
        for form, content in ((".json", raw), (".crlf.json", raw.replace(b"\r", b"").replace(b"\n", b"\r\n"))):
            told = path.with_suffix(form)
            if told.exists():
                yield from _messages(content, json.loads(told.read_text()), f"{path.parent.name}/{told.name}")


def _messages(raw: bytes, told: dict[str, Any], name: str) -> Iterator[tuple[ParsedMessage, list[Expected]]]:
    message, found = parse(raw), []
    inner = [file.content for file in message.files if file.label == "forwarded message"]
    for number, part in enumerate(told["parts"]):
        kind, content = next(iter(part["body"].items()))
        place = f"{name}#{number}"
        if kind == "Message":
            within = inner.pop(0) if inner else b""
            found.append(Expected(place, "message", within))
            yield from _messages(within, content, place)
        elif kind != "Multipart":
            is_text = kind in ("Text", "Html")
            is_body = number in (*told["text_body"], *told["html_body"])
            data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else bytes(content)
            found.append(Expected(place, kind if is_body and is_text else "text file" if is_text else "file", data))
    yield message, found


def is_found(message: ParsedMessage, expected: Expected) -> bool:
    """Whether a text is in the body, the HTML or a text part, and an attachment a file, byte for byte but line ends.

    Three differences are not held against us: a character that they could not decode, uuencode that we undo and they
    leave, and parts that they run together over a delimiter that ends them (RFC 2046, 5.1.2) and we have apart.
    """
    if expected.kind == "message":
        return bool(expected.content)
    text = expected.content.decode("utf-8", "replace")
    decoded = [leaf.text() for leaf in leaves(outline(message.tree)) if not leaf.content_type.startswith("message/")]
    if expected.kind in ("file", "text file"):
        lines = {_lines(expected.content), *(_lines(file.content) for file in in_text(expected.content).files)}
        if lines & {b"", *(_lines(file.content) for file in message.files)}:
            return True
    if expected.kind == "file":
        return False
    rest = _DELIMITER.sub("\n", in_text(expected.content).rest.decode("utf-8", "replace"))
    shown = html_to_text(text) if expected.kind == "Html" else rest
    return any(_within(shown, place) for place in (message.body, *decoded)) or _within(text, html_of(message))


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").rstrip(b"\n")


def _within(text: str, place: str) -> bool:
    """Whether a text stands in another but for blanks, and where they could not decode a character and we could."""
    pieces, flat = _flat(text).split("\ufffd"), _flat(place)
    start = 0
    for piece in pieces:
        start = flat.find(piece, start)
        if start < 0:
            return False
        start += len(piece)
    return True


def _flat(text: str) -> str:
    return "".join(clean(text).split())
