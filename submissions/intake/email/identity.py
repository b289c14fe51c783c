"""When two messages are the same one: delivered twice, whatever the road added to the second."""

import hashlib
from dataclasses import dataclass

from submissions.intake.email.parsing.parse import ParsedMessage

_FIELDS = ("from", "subject", "date", "content-type", "content-transfer-encoding")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a message is known by, 64 hex digits each; `id_hash` is empty without a Message-ID.

    Equal identities are one message. Two that have only one of the others in common resemble each other.
    """

    identity: str
    id_hash: str
    content_hash: str


def marks_of(mailbox: str, message: ParsedMessage, raw: bytes) -> Marks:
    """Return the marks of a message that came to a mailbox, equal for two deliveries of it.

    The content is From, Subject, Date and the body as it was sent, with the two fields that say how to read it; no
    trace field (Received and the like) is in it. The identity is made of mailbox, Message-ID and content: messages that
    differ in any of these are two, even under one Message-ID.
    """
    content: list[bytes | memoryview] = [*_header(message), _body(raw)]
    message_id = message.message_id.encode()
    return Marks(
        identity=_digest(mailbox.encode(), message_id, *content),
        id_hash=_digest(message_id) if message_id else "",
        content_hash=_digest(*content),
    )


def _digest(*parts: bytes | memoryview) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _header(message: ParsedMessage) -> list[bytes]:
    return [" ".join(message.headers.first(name).split()).encode("utf-8", "replace") for name in _FIELDS]


def _body(raw: bytes) -> memoryview:
    """Return what follows the header, with LF for every line end and nothing after the last line."""
    lines = raw.replace(b"\r\n", b"\n").rstrip(b"\n ")
    end_of_header = lines.find(b"\n\n")
    return memoryview(lines)[end_of_header + 2 :] if end_of_header >= 0 else memoryview(b"")
