"""The header of a message, read without any accessor that may raise, and what is asked of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from submissions.cleaning import one_line
from submissions.intake.email.parsing.tree import guarded
from submissions.intake.email.parsing.words import decode_words, header_text
from submissions.notifications.addresses import sole_address

MOST_FIELDS = 1000
FIELD_LENGTH = 20_000
ADDRESS_FIELD_LENGTH = 4000
MOST_IDS = 100
_NAMED_BY_ADDRESS = re.compile(r"((?:^|,)\s{0,20})([^\s\"<>,;:()@]{1,200}@[^\s\"<>,;:()]{1,200})\s{1,20}(?=<)")
"""An unquoted address that stands as the name of another: forbidden (RFC 5322, 3.4), and how a sender is posed as."""
_ID = re.compile(r"<([^<>\s]{1,500})>")


@dataclass(frozen=True)
class Headers:
    """The fields of a header by lower-case name, as text with encoded words still encoded."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, message: Message) -> "Headers":
        """Read the header of a message or a part."""
        found: dict[str, list[str]] = {}
        for count, (name, value) in enumerate(message.raw_items()):
            if count == MOST_FIELDS:
                break
            found.setdefault(name.lower(), []).append(header_text(str(value)[:FIELD_LENGTH]))
        return cls({name: tuple(values) for name, values in found.items()})

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field."""
        return self.fields.get(name, ())

    def first(self, name: str) -> str:
        """Return the first value of a field, "" where there is none."""
        return self.all(name)[0] if self.all(name) else ""

    def text(self, name: str, limit: int = 1000) -> str:
        """Return a field as one clean line of text, encoded words decoded."""
        return one_line(decode_words(self.first(name)), limit)

    def token(self, name: str) -> str:
        """Return what stands before the first semicolon or comment, in lower case: the value of a structured field."""
        return one_line(re.split(r"[;(]", self.first(name))[0], 200).lower()

    def ids(self, *names: str) -> tuple[str, ...]:
        """Return the message ids in the named fields, without angle brackets, the last (nearest) first."""
        found = [one_line(one, 500) for name in names for value in self.all(name) for one in _ID.findall(value)]
        return tuple(dict.fromkeys(reversed(found)))[:MOST_IDS]

    def date(self) -> datetime | None:
        """Return what the Date field says, None if that is no date (RFC 5322, 3.6.1); naive where it gives no zone."""
        value = self.first("date")[:200]
        return guarded(lambda: parsedate_to_datetime(value), None) if value else None

    def recipients(self) -> frozenset[str]:
        """Return the addresses in To and Cc, in lower case."""
        return frozenset(shown.lower() for name in ("to", "cc") for _, shown in self.mailboxes(name) if shown)

    def mailbox(self, name: str) -> tuple[str, str]:
        """Return the (name, address) of the first mailbox in a field; either may be ""."""
        for shown, address in self.mailboxes(name):
            if address:
                return shown, address
        return next(iter(self.mailboxes(name)), ("", ""))

    def mailboxes(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield the mailboxes of a field, groups opened; an address that no mail could go to is ""."""
        for value in self.all(name):
            cut = value[:ADDRESS_FIELD_LENGTH].replace("\r", " ").replace("\n", " ")
            for shown, address in _addresses(cut):
                yield (
                    one_line(decode_words(shown), 200).strip("\"' "),
                    sole_address(one_line(decode_words(address), 400)) or "",
                )


def _addresses(value: str) -> list[tuple[str, str]]:
    """Return (display name, address) pairs; where the field's own syntax is broken, what looks like an address."""
    try:
        found = [pair for pair in _split(value) if any(pair)]
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
        found = []
    if any("@" in address for _, address in found):
        return _with_names(found)
    looks = re.search(r"[^\s<>,;:\"'()\[\]]{1,200}@[^\s<>,;:\"'()\[\]]{1,200}", decode_words(value))
    if looks:
        return [(decode_words(value)[: looks.start()].strip(' <"'), looks[0])]
    return found or [(value, "")]


def _split(value: str) -> list[tuple[str, str]]:
    """Return what the standard library makes of a field, without its newer strictness, which gives nothing for much."""
    value = _NAMED_BY_ADDRESS.sub(r'\1"\2" ', value)
    try:
        return getaddresses([value], strict=False)
    except TypeError:  # the patch releases before the parameter
        return getaddresses([value])


def _with_names(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs with the pieces of a name that an unquoted comma cut off put back: Prairie, W. <w@x.org>."""
    whole: list[tuple[str, str]] = []
    pieces: list[str] = []
    for name, address in found:
        if "@" in address:
            whole.append((", ".join(piece for piece in (*pieces, name) if piece), address))
            pieces = []
        else:
            pieces.append(name or address)
    return whole
