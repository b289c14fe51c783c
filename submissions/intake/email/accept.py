"""The one door of email: the bytes and their rows are durable before anybody is told that the message is safe."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from submissions.cleaning import one_line
from submissions.doorbell import ring
from submissions.intake.email.addresses import Mailbox
from submissions.intake.email.spool import Contents, contain
from submissions.models import Door, RawMessage

ADDRESS_LENGTH = 1000


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What the protocol said, never what the headers claim. `sender` is "" for the null sender, None if not told.

    `junk`: it lay in the mailbox's Junk folder.
    """

    door: Door
    sender: str | None
    mailboxes: tuple[Mailbox, ...]
    junk: bool = False


def accept(envelope: Envelope, raw: bytes) -> list[RawMessage]:
    """Store a message, one row a mailbox; when this returns a power cut no longer loses it, and intake has been rung.

    Raises OSError or DatabaseError when the disk or the database cannot take it; then it was not accepted.
    """
    stored = store(rows_for(envelope, contain(raw)))
    ring("intake")
    return stored


def rows_for(envelope: Envelope, contents: Contents) -> list[RawMessage]:
    """Return the unsaved rows of one message: one for each mailbox it came to, however often that was named."""
    return [
        RawMessage(
            door=envelope.door,
            envelope_from=None if envelope.sender is None else one_line(envelope.sender, ADDRESS_LENGTH),
            envelope_to=mailbox.address,
            extension=one_line(mailbox.extension),
            kind=mailbox.kind,
            junk=envelope.junk,
            sha256=contents.sha256,
            size=contents.size,
            content=contents.data,
            file=contents.file,
        )
        for mailbox in _once_each(envelope.mailboxes)
    ]


def _once_each(mailboxes: Iterable[Mailbox]) -> Iterable[Mailbox]:
    first: dict[str, Mailbox] = {}
    for mailbox in mailboxes:
        first.setdefault(mailbox.address, mailbox)
    return first.values()


def store(rows: Iterable[RawMessage]) -> list[RawMessage]:
    """Commit rows of any number of messages at once; ringing is the caller's. Raises DatabaseError; then none is."""
    with transaction.atomic(durable=True):
        return RawMessage.objects.bulk_create(rows)
