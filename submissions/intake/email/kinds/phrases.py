"""Phrases by which kinds of mail are told, as tables of words and not as one long expression."""

import re


def any_of(*phrases: str) -> re.Pattern[str]:
    """Return an expression that finds any of the phrases, which are expressions themselves, whatever the case."""
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


def begins_with(*phrases: str) -> re.Pattern[str]:
    """Return an expression that finds any of the phrases at the start, behind a few marks at most."""
    return re.compile(rf"\W{{0,9}}(?:{'|'.join(phrases)})", re.IGNORECASE)
