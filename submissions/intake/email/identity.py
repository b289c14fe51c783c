"""When two messages are the same one: delivered twice, whatever the road added to the second."""

import hashlib

from submissions.intake.email.parse import ParsedMessage

_FIELDS = ("from", "subject", "date", "content-type", "content-transfer-encoding")


def identity_of(mailbox: str, message: ParsedMessage, raw: bytes) -> str:
    """Return 64 hex digits, equal for two deliveries of one message to one mailbox.

    Made of the mailbox, Message-ID, From, Subject, Date and the body as it was sent, with the two fields that say how
    to read it; no trace field (Received and the like) is in it. Two messages that differ in any of these are two, even
    under one Message-ID.
    """
    digest = hashlib.sha256()
    parts: tuple[bytes | memoryview, ...] = (
        mailbox.encode(),
        message.message_id.encode(),
        *_header(message),
        _body(raw),
    )
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
