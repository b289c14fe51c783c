"""Which reader a file is for: by its bytes, and by its name only where bytes cannot tell."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from submissions.intake.filetypes import OFFICE, UNKNOWN

if TYPE_CHECKING:
    from submissions.intake.arrival import File

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_WORD = "WordDocument".encode("utf-16-le")
"""Names in the directory of a compound file (MS-CFB 2.6.1, MS-OFFCRYPTO 2.3, MS-DOC 2.1)."""
_PAGES = (b"Index/Document.iwa", b"Index.zip", b"index.apxl")

_ZIPPED = {OFFICE["word/"]: "docx", "application/vnd.oasis.opendocument.text": "odt"}
_BY_NAME = {".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt"}
_TEXTS = {"", ".txt", ".text", ".md", ".asc"}
_HTMLS = {"", ".html", ".htm", ".xhtml", ".doc"}
"""Some programs write a web page and call it .doc."""
_PDF_WITHIN = 1024
"""Bytes before which a PDF has to begin (ISO 32000-1, implementation note 13)."""


def kind_of(file: "File") -> str:
    """Return the name of the reader for a file ("docx", "odt", "rtf", "pdf", "html", "text"), "" if there is none."""
    content, suffix = file.content, suffix_of(file)
    if content.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(file.media_type) or _BY_NAME.get(suffix, "")
    if content[:20].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if file.media_type == "text/html":
        return "html" if suffix in _HTMLS else ""
    texty = file.media_type.startswith("text/") or file.media_type == UNKNOWN
    return "text" if suffix in _TEXTS and texty and _holds_text(content) else ""


def is_sealed(file: "File") -> bool:
    """Whether it is an office document behind a password."""
    return file.content.startswith(OLE) and _OLE_ENCRYPTED in file.content


def is_old_word(file: "File") -> bool:
    """Whether it is a document of Word 97 to 2003."""
    return file.content.startswith(OLE) and _OLE_WORD in file.content and not is_sealed(file)


def is_pages(file: "File") -> bool:
    """Whether it is a document of Apple's Pages: a bundle that no other program reads, sometimes zipped once more."""
    named = PurePosixPath(file.name.lower().removesuffix(".zip")).suffix == ".pages"
    if not file.content.startswith(b"PK") or suffix_of(file) in (".key", ".numbers"):
        return False
    return named or any(part in file.content for part in _PAGES)


def suffix_of(file: "File") -> str:
    """Return the ending of a file's name, with its dot, in lower case."""
    return PurePosixPath(file.name.lower()).suffix


def _holds_text(content: bytes) -> bool:
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in content
