"""Plain texts."""

import codecs

from submissions.intake.documents.document import Document
from submissions.intake.email.parsing.charsets import beginning, decode

_BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(content: bytes) -> Document:
    """Read a text in whatever charset it is."""
    return Document(text=decode(beginning(content), "utf-16" if content.startswith(_BYTE_ORDER_MARKS) else ""))
