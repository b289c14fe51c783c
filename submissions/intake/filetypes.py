"""What a file is, by its bytes and not by its name."""

import io
import zipfile
import zlib

import puremagic

UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"
HEAD = 16_384
"""So many bytes at the beginning are looked at."""

OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENTS = {
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation", "graphics")
}
"""What a file may say of itself: its sender writes that line, and it becomes a header."""
MARKUP = (b"<", b"%PDF", b"{\\rtf", b"%!PS")
"""How a text that is more than a plain text begins."""


def media_type(content: bytes) -> str:
    """Return the media type that the bytes show, UNKNOWN where they show none. Never raises."""
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if _is_text(content) and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MARKUP):
        return PLAIN
    try:
        guesses = puremagic.magic_string(content[:HEAD])
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return next((guess.mime_type for guess in guesses if guess.mime_type), UNKNOWN)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return bool(text) and all(char in "\t\n\r\f" or char.isprintable() or ord(char) > 0x9F for char in text)


def _zipped(content: bytes) -> str:
    """Return the type of what lies in a ZIP archive: an office document says so by its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii").strip()
                return said if said in OPEN_DOCUMENTS else "application/zip"
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "application/zip"
    return next(
        (kind for folder, kind in OFFICE.items() if any(name.startswith(folder) for name in names)), "application/zip"
    )
