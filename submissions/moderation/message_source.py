"""A raw message as text that is safe to look at: nothing of it is interpreted."""

import unicodedata

from submissions import storage
from submissions.models import RawMessage

SHOWN_BYTES = 200_000


def content_of(message: RawMessage) -> bytes | None:
    """Return a message's bytes, or None once they are erased. Raises FileNotFoundError where its file is gone."""
    if message.content is not None:
        return bytes(message.content)
    return storage.read(message.file) if message.file else None


def source_of(content: bytes) -> tuple[str, bool]:
    """Return a message's source as plain text, and whether it was cut at SHOWN_BYTES.

    Control and direction characters are shown as their numbers: they can make a line read as another.
    """
    text = content[:SHOWN_BYTES].decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(map(_plain, text)), len(content) > SHOWN_BYTES


def _plain(char: str) -> str:
    if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"):
        return char
    return f"[U+{ord(char):04X}]"
