"""Making typed text safe to keep: what is removed here never reaches a row, a header, a log line or a page."""

import re
import unicodedata

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u200b\u2060\ufeff"
# Control characters but newline and tab, halves of surrogate pairs, direction overrides, invisible spaces.
_UNWANTED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}{_INVISIBLE}]")
_BLANK_RUN = re.compile(r"\n{4,}")


def clean_text(text: str) -> str:
    """Return text of several lines: newlines are LF, nothing in it controls a terminal or the direction of writing."""
    lines = _UNWANTED.sub("", _NEWLINES.sub("\n", text)).split("\n")
    return _BLANK_RUN.sub("\n\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def clean_line(text: str, limit: int) -> str:
    """Return text of one line and at most `limit` characters, with every run of white space one space."""
    return unicodedata.normalize("NFC", " ".join(clean_text(text).split()))[:limit].rstrip()
