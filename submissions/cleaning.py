"""What a reader typed, made fit to keep, to print and to send: the one place that says what is left out of it."""

import re
import unicodedata

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # what XML and terminals cannot take
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ASCII_NEWLINES = bytes(10 if byte in b"\r\x0b\x0c\x1c\x1d\x1e" else byte for byte in range(256))
_ASCII_CONTROLS = bytes(byte for byte in (*range(32), 127) if byte not in b"\t\n\r\x0b\x0c\x1c\x1d\x1e")
_BLANK_RUN = re.compile(r"\n{4,}")


def clean(text: str | None) -> str:
    """Return a text without what no reader can see: controls, direction overrides, zero-width and tag characters.

    Newlines are LF. Joiners (U+200C, U+200D) stay: Persian, Indic scripts and emoji are spelt with them.
    """
    if not text:
        return ""
    if text.isascii():  # most mail is, and this takes a tenth of the time
        return text.replace("\r\n", "\n").encode().translate(_ASCII_NEWLINES, _ASCII_CONTROLS).decode()
    return _UNPRINTABLE.sub("", _NEWLINES.sub("\n", text))


def clean_text(text: str | None) -> str:
    """Return a clean text of several lines, without blanks at their ends and with at most two empty lines in a row."""
    lines = "\n".join(line.rstrip() for line in clean(text).split("\n"))
    return _BLANK_RUN.sub("\n\n\n", lines).strip("\n")


def one_line(text: str | None, limit: int | None = None) -> str:
    """Return a clean text on one line, fit for a header; what is longer than `limit` characters is cut off."""
    line = unicodedata.normalize("NFC", " ".join(clean(text).split()))
    return line[:limit].rstrip()
