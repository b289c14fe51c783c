"""A letter on its way, as the unwrapping takes one out of another."""

from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from submissions.intake.receive import File


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one letter says of itself; `depth` is how often it was passed on.

    `recipients` are the addresses that it went to, in lower case, as far as they are shown. `tree` is there for a
    message whose parts are known; a letter that stands in another's text has none.
    """

    name: str
    address: str
    date: datetime | None
    subject: str
    body: str
    recipients: frozenset[str]
    depth: int
    tree: Message | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A letter found in another: the words around it, how it was passed on, and whether there is no doubt of it."""

    letter: Letter
    covering: str
    how: str
    sure: bool
