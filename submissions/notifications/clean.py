"""Typed text on its way into a header."""

import unicodedata

_OUT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def one_line(text: str, limit: int = 120) -> str:
    """Return a text as one line fit for a header: no control, invisible or direction-changing characters, cut short."""
    visible = "".join(" " if unicodedata.category(char) in _OUT else char for char in text)
    line = " ".join(visible.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
