"""Rich text to plain text: compressed (MS-OXRTFCP) or not. Never raises, and stays linear on hostile input."""

import re
from struct import Struct

from striprtf.striprtf import font_table_group, rtf_to_text

MOST_BYTES = 2_000_000
MOST_FONTS = 50_000
_HEADER = Struct("<II4sI")
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_FONT = re.compile(r"\\(f|fcharset)(\d{1,5})(?!\w)")


def decompressed(content: bytes) -> bytes:
    """Return Outlook's compressed rich text decompressed; of a broken one what comes before the break."""
    if len(content) < _HEADER.size:
        return b""
    _, size, magic, _ = _HEADER.unpack_from(content)
    size = min(size, MOST_BYTES)
    if magic == b"MELA":
        return content[_HEADER.size : _HEADER.size + size]
    return _decompressed(content, size) if magic == b"LZFu" else b""


def _decompressed(content: bytes, size: int) -> bytes:
    """Undo the runs: flags for eight tokens, each a byte or a (12 bit place, 4 bit length) into the last 4096 bytes."""
    out = bytearray(_DICTIONARY)
    place, most = _HEADER.size, len(_DICTIONARY) + size
    while place < len(content) and len(out) < most:
        flags, place = content[place], place + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += content[place : place + 1]
                place += 1
                continue
            token, place = int.from_bytes(content[place : place + 2], "big"), place + 2
            back = (len(out) - (token >> 4)) % 4096
            if not 0 < back <= len(out) or place > len(content):
                return bytes(out[len(_DICTIONARY) :][:size])
            for _ in range((token & 15) + 2):
                out.append(out[-back])
    return bytes(out[len(_DICTIONARY) :][:size])


def text_of(source: bytes) -> str:
    """Return the text of an RTF document."""
    document = _safe(source[:MOST_BYTES].decode("latin-1"))
    try:
        return str(rtf_to_text(document, errors="replace"))
    except (ValueError, LookupError, OverflowError, TypeError):
        return ""


def _safe(document: str) -> str:
    """Return a document without what makes the library's search for links and fonts take the cube of its length."""
    document = re.sub(r"(\\field)\{", r"\1 {", document, flags=re.IGNORECASE)
    fonts = str(font_table_group(document))
    if not fonts:
        return document
    if len(fonts) > MOST_FONTS:
        return document.replace("\\fonttbl", "")
    table, font = "", ""
    for word, number in _FONT.findall(fonts):
        font = number if word == "f" else font
        table += f"{{\\f{font}\\fcharset{number} x;}}" if font and word == "fcharset" else ""
    return document.replace(fonts, f"{{\\fonttbl{table}}}", 1)
