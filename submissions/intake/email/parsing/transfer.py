"""Transfer encodings undone: whatever is broken in them, what can be had is had. Never raises."""

import binascii
import re

_TOKEN = re.compile(r"[\w-]{1,40}")
_PADDING = re.compile(rb"(?<![= \t])[ \t]*+=[= \t]*+[\r\n]\s*")
"""Looked for where a run of its characters begins, and nowhere within: that would take the square of its length."""
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,250})\r?\n", re.MULTILINE)


def undone(content: bytes, encoding: str) -> bytes:
    """Return content with its Content-Transfer-Encoding undone; unchanged where that names none (RFC 2045, 6)."""
    token = _TOKEN.search(encoding)
    name = token[0].lower() if token else ""
    if name == "base64":
        return from_base64(content)
    if name == "quoted-printable":
        return binascii.a2b_qp(content)
    if name in ("x-uuencode", "uuencode", "uue", "x-uue"):
        begin = UU_BEGIN.search(content)
        found = from_uu(content, begin.end()) if begin else None
        return found[0] if found else content
    return content


def from_base64(content: bytes) -> bytes:
    """Return base64 decoded; pieces with padding of their own are joined, strange bytes passed over.

    Where every tenth byte is strange, it never was base64, and is returned as it is.
    """
    if len(content.translate(None, _BASE64)) * 10 > len(content):
        return content
    end = content.rstrip(b"= \t\r\n")
    if b"=" not in end:
        return _piece(content)
    return b"".join(_piece(piece) for piece in _PADDING.split(content) if piece)


def _piece(content: bytes) -> bytes:
    for padding in (b"", b"==", b"A=="):
        try:
            return binascii.a2b_base64(content + padding if padding else content)
        except binascii.Error:
            continue
    return content


def from_uu(content: bytes, start: int) -> tuple[bytes, int] | None:
    """Return uuencoded lines from `start` on decoded, and where their "end" line ends; None where they are none."""
    out: list[bytes] = []
    while start < len(content):
        stop = content.find(b"\n", start)
        stop = len(content) if stop < 0 else stop
        line = content[start:stop].rstrip(b"\r")
        start = stop + 1
        if line.rstrip() == b"end":
            return b"".join(out), min(start, len(content))
        decoded = _uu_line(line)
        if decoded is None:
            return None
        out.append(decoded)
    return None


def _uu_line(line: bytes) -> bytes | None:
    if not line.strip():
        return b""
    length = (line[0] - 32) & 63
    if not 32 <= line[0] <= 96 or len(line) > 100:
        return None
    try:  # some programs write a checksum or blanks behind what the length says
        return binascii.a2b_uu(line[: 1 + (length * 4 + 2) // 3])
    except binascii.Error:
        return None
