"""Web pages, and what is called .doc and is one."""

import re

from submissions.intake.documents.document import Document
from submissions.intake.email.parsing.charsets import decode
from submissions.intake.email.parsing.html import html_to_text

_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.ASCII)
_HEAD = 2048


def read(content: bytes) -> Document:
    """Read the text of a page."""
    declared = _CHARSET.search(content[:_HEAD])
    return Document(text=html_to_text(decode(content, declared[1].decode() if declared else "")))
