"""To which of our addresses a message came: over IMAP there is no envelope, only what servers wrote into the header."""

import re
from dataclasses import dataclass
from enum import Enum

from submissions.intake.email.accept import Envelope
from submissions.intake.email.addresses import Mailbox, find_mailbox, is_own, mailboxes
from submissions.intake.email.parsing.headers import Headers
from submissions.intake.email.parsing.tree import HEADER_BYTES, open_message
from submissions.models import Door, Kind

TRACES = ("delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
NAMED = ("to", "cc")
_BETWEEN = re.compile(r"[\s<>,;:'()\[\]]")
_NULL = re.compile(r"\s*<\s*>\s*")


class Nowhere(Enum):
    """The one answer that is no mailbox."""

    TIPS = "tips"


@dataclass(frozen=True)
class _Own:
    """The addresses of ours among those that a header names."""

    mailboxes: tuple[Mailbox, ...]
    tips: bool


def envelope_of(start: bytes, login: str, *, junk: bool) -> Envelope | Nowhere:
    """Return the envelope that a message must have had, from its beginning; Nowhere.TIPS for what only tips may read.

    The mailbox is the first of ours that a server says it delivered to, else the first that the sender wrote to, else
    the account's own. The login itself says nothing as a trace: a provider writes it whichever alias was meant.
    """
    end = re.search(rb"\r?\n\r?\n", start[:HEADER_BYTES])
    headers = Headers.of(open_message(start[: end.start() if end else HEADER_BYTES])[0])
    traced = _own(headers, TRACES, apart_from=login)
    named = _own(headers, NAMED)
    if any(found.tips and not found.mailboxes for found in (traced, named)):
        return Nowhere.TIPS
    mailbox = next(iter([*traced.mailboxes, *named.mailboxes]), None) or _default(login)
    if mailbox is None:
        return Nowhere.TIPS
    return Envelope(door=Door.IMAP, sender=_sender(headers), mailboxes=(mailbox,), junk=junk)


def _own(headers: Headers, names: tuple[str, ...], *, apart_from: str = "") -> _Own:
    """Return what of ours stands in some fields, wherever in them: rather too much than a tip overlooked."""
    values = (value for name in names for value in headers.all(name))
    words = (word.lower() for value in values for word in _BETWEEN.split(value.replace('"', "")) if "@" in word)
    ours = [word for word in dict.fromkeys(words) if word != apart_from.lower() and is_own(word)]
    found = [find_mailbox(word) for word in ours]
    return _Own(tuple(mailbox for mailbox in found if mailbox), tips=None in found)


def _default(login: str) -> Mailbox | None:
    """Return where mail goes that names none of our addresses; None where it can only have been meant for tips."""
    if is_own(login):
        return find_mailbox(login)
    taking = [mailbox for mailbox in mailboxes().values() if mailbox]
    return next((mailbox for mailbox in taking if mailbox.kind == Kind.UNSORTED), None) or next(iter(taking), None)


def _sender(headers: Headers) -> str | None:
    """Return what the receiving server noted as the envelope's sender; "" for the null sender, None if it did not."""
    noted = headers.all("return-path")
    if not noted:
        return None
    return "" if _NULL.fullmatch(noted[0]) else headers.mailbox("return-path")[1] or None
