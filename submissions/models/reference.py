"""The code by which a writer follows a letter: unguessable, free of look-alikes, checked before it is looked up."""

import secrets

ALPHABET = "3479ACDEFGHJKMNPQRTVWXY"
"""23 characters (a prime) that are not taken for one another in print or speech."""
LENGTH = 15
"""14 random characters (63 bits) and one check character."""


def _check(code: str) -> str:
    """Return the check character: a weighted sum modulo a prime shows one wrong or two swapped characters."""
    return ALPHABET[sum((place + 2) * ALPHABET.index(char) for place, char in enumerate(code)) % len(ALPHABET)]


def new_reference() -> str:
    """Return a fresh reference of LENGTH characters, as it is stored: without dashes."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return code + _check(code)


def clean_reference(typed: str) -> str | None:
    """Return a typed reference as it is stored, or None if it cannot be one. Case, spaces and dashes do not matter."""
    code = "".join(char for char in typed.upper() if char.isascii() and char.isalnum())
    if len(code) != LENGTH or set(code) - set(ALPHABET) or _check(code[:-1]) != code[-1]:
        return None
    return code


def spaced_reference(code: str) -> str:
    """Return a stored reference as it is shown: in groups of five."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
