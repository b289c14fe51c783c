"""Plain texts."""

import codecs

from submissions.intake.documents.document import Document
from submissions.intake.email.parsing.charsets import decode

MOST_TEXT = 2_000_000
"""Bytes that are read as text."""
WESTERN = 0.05
"""The share of bytes beyond ASCII under which a text of Windows is taken for a Western one: curly quotes and a few
accents are too little for a guess to go by. Slavic languages and Turkish have more.
"""
_ASCII = bytes(range(128))


def read(content: bytes) -> Document:
    """Read a text in whatever charset it is."""
    if len(content) > MOST_TEXT:
        content = content[:MOST_TEXT].rpartition(b"\n")[0] or content[:MOST_TEXT]
    return Document(text=decode(content, _charset(content)))


def _charset(content: bytes) -> str:
    """Return the charset of a text that declares none; "" leaves it to a guess."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError:
        beyond = len(content.translate(None, _ASCII))
        return "cp1252" if beyond < WESTERN * len(content) else ""
    return "utf-8"
