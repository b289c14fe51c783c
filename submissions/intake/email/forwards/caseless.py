"""Words made comparable: without case, accents, and the differences that fonts and keyboards make."""

import unicodedata


def caseless(text: str) -> str:
    """Return a text in lower case, compatibility forms replaced, marks removed, blanks single."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Cf")).split())
