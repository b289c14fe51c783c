"""Header values to text: raw 8-bit, encoded words (RFC 2047), and parameters in pieces (RFC 2231). Never raises."""

import base64
import binascii
import quopri
import re
from urllib.parse import unquote_to_bytes

from submissions.intake.email.parsing.charsets import codec_for, decode

_WORD = re.compile(r"=\?([^?\s]*)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]*\?[bBqQ]\?)")


def header_text(raw: str) -> str:
    """Return a header value as the parser gives it, with its 8-bit bytes as text; encoded words stay encoded."""
    if raw.isascii():
        return raw
    return decode(raw.encode("ascii", "surrogateescape")) if _is_escaped(raw) else raw


def decode_words(value: str) -> str:
    """Return a header value with its encoded words decoded; what is no encoded word stays as it is."""
    if "=?" not in value:
        return value
    runs: list[tuple[str, bytes]] = []
    value, place = _BETWEEN.sub(r"\1", value), 0
    out = []
    for found in _WORD.finditer(value):
        if found.start() > place:
            out.append(_flush(runs) + value[place : found.start()])
        charset, content = _charset(found[1]), _decoded(found[2], found[3])
        # One character may be cut in two by neighbouring words of one charset: their bytes are joined first.
        if runs and runs[-1][0] == charset:
            runs[-1] = (charset, runs[-1][1] + content)
        else:
            runs.append((charset, content))
        place = found.end()
    return "".join(out) + _flush(runs) + value[place:]


def parameter_text(value: object) -> str:
    """Return a parameter as the parser gives it: a string, or (charset, language, percent-decoded Latin-1)."""
    if isinstance(value, tuple):
        charset, _, content = value
        return decode(str(content).encode("latin-1", "replace"), charset or "utf-8")
    text = decode_words(header_text(str(value)))
    if "''" in text[:40] and "%" in text:  # extended syntax under a plain name, as some programs write it
        charset, _, content = text.partition("''")
        if codec_for(charset):
            return decode(unquote_to_bytes(content), charset)
    return text


def _is_escaped(raw: str) -> bool:
    return all(ord(char) < 128 or "\udc80" <= char <= "\udcff" for char in raw)


def _charset(declared: str) -> str:
    """Return the charset without a language (RFC 2231, 5)."""
    return declared.partition("*")[0]


def _decoded(encoding: str, text: str) -> bytes:
    content = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(content, header=True)
    try:
        return base64.b64decode(content + b"=" * (-len(content) % 4))
    except (binascii.Error, ValueError):
        return content


def _flush(runs: list[tuple[str, bytes]]) -> str:
    text = "".join(decode(content, charset) for charset, content in runs)
    runs.clear()
    return text
