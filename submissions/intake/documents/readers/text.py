"""Plain texts."""

import codecs

from submissions.intake.documents.document import Document
from submissions.intake.email.charsets import decode

_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
MOST_TEXT = 2_000_000
"""Bytes that are read as text."""


def read(content: bytes) -> Document:
    """Read a text in whatever charset it is."""
    charset = _MARKS.get(content[:2], "")
    return Document(text=decode(content[:MOST_TEXT], charset))
