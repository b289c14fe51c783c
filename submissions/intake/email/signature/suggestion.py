"""A suggestion, and the set of them that grows while a sign-off is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from submissions.cleaning import one_line

FIELDS = ("name", "city", "region", "phone", "address")
LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a field may hold (one of FIELDS; a phone as E.164, a region by its full name), and the words that say so."""

    field: str
    value: str
    words: str


Found = tuple[Suggestion, ...]


def one(field: str, value: str, words: str = "") -> Found:
    """Return a suggestion for a field, or nothing where the value is blank or too long to be one."""
    shown = one_line(value, LONGEST + 1)
    return (Suggestion(field=field, value=shown, words=words or value),) if 0 < len(shown) <= LONGEST else ()


def first_of_each(found: Iterable[Suggestion]) -> Found:
    """Return the first suggestion for each field, in the order of FIELDS."""
    firsts: dict[str, Suggestion] = {}
    for suggestion in found:
        firsts.setdefault(suggestion.field, suggestion)
    return tuple(firsts[field] for field in FIELDS if field in firsts)
