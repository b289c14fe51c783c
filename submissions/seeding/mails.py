"""The demo's mail: each file comes in by the one door of email, and is read as the worker reads it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import Mailbox
from submissions.intake.email.read import attempt
from submissions.models import Door, Kind, Notification, Outcome, RawMessage, Submission
from submissions.models.leased import lease
from submissions.screening.actions import screen
from submissions.seeding import files
from submissions.seeding.clock import at, moment
from submissions.seeding.pieces import Step, read_pieces
from submissions.seeding.play import Happening, lately, paced, send_until, take
from submissions.states import State

READ_AFTER = timedelta(seconds=3)
READ_SECONDS, LEASE_SECONDS = 10.0, 60.0
_OURS = re.compile(rb"@@(\w+) of ([\w-]+)@@")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One mail: the bytes, the envelope, when it comes, and what is done with it."""

    raw: bytes
    at: str
    sender: str
    mailbox: Mailbox
    then: tuple[Step, ...]

    def envelope(self) -> Envelope:
        """Return what the protocol would say."""
        return Envelope(door=Door.LMTP, sender=self.sender, mailboxes=(self.mailbox,))

    def messages(self) -> QuerySet[RawMessage]:
        """Return its row, if it has been delivered."""
        digest = hashlib.sha256(self.raw).hexdigest()
        return RawMessage.objects.filter(sha256=digest, envelope_to=self.mailbox.address)

    def submissions(self) -> QuerySet[Submission]:
        """Return the submission that it became, if it did."""
        return Submission.objects.filter(messages__in=self.messages().filter(outcome=Outcome.SUBMISSION))


def read_deliveries() -> list[Delivery]:
    """Return every mail that seeds/mail/deliveries.toml lists. The pieces whose mails they answer must be there."""
    folder = files.folder() / "mail"
    slugs = {piece.slug: piece.identity for piece in read_pieces()}

    def message_id(found: re.Match[bytes]) -> bytes:
        template, slug = found[1].decode(), found[2].decode()
        ours = Notification.objects.get(template=template, submission__identity=slugs[slug])
        return ours.message_id.strip("<>").encode()

    return [
        Delivery(
            raw=_OURS.sub(message_id, (folder / row["file"]).read_bytes()),
            at=row["at"],
            sender=row["from"],
            mailbox=Mailbox(address=row["to"], kind=Kind(row["kind"])),
            then=tuple(Step(**step) for step in row.get("then", ())),
        )
        for row in files.table(folder / "deliveries.toml")["delivery"]
    ]


def deliver(deliveries: list[Delivery], today: datetime) -> int:
    """Deliver and read the mails that have not come yet, and do with them what was done; return how many that were.

    Must be called outside a transaction: accepting a mail commits it.
    """
    new = [delivery for delivery in deliveries if not delivery.messages().exists()]
    happenings = [happening for delivery in new for happening in _life(delivery, today)]
    for when, happen in sorted(happenings, key=lambda happening: happening[0]):
        with at(when):
            happen()
    return len(new)


def _life(delivery: Delivery, today: datetime) -> Iterator[Happening]:
    when = moment(delivery.at, today)
    yield when, partial(accept, delivery.envelope(), delivery.raw)
    yield when + READ_AFTER, partial(_read, delivery, today)
    for later, step in paced(delivery.then, when + READ_AFTER, today):
        yield later, partial(_take, delivery, step, today)


def _read(delivery: Delivery, today: datetime) -> None:
    """Read a mail and screen what became of it, unless a worker that runs meanwhile has leased it first."""
    leased = lease(delivery.messages().filter(outcome=Outcome.WAITING), 1, LEASE_SECONDS)
    # One transaction: no worker sees an old acknowledgement before it is marked as sent.
    with transaction.atomic():
        for message in leased:
            attempt(message, READ_SECONDS)
        for submission in delivery.submissions().filter(state=State.RECEIVED):
            screen(submission)
            send_until(lately(today), [submission.identity])


def _take(delivery: Delivery, step: Step, today: datetime) -> None:
    """Take a step with the submission that a mail became; where a worker has yet to read it, it has no past."""
    with transaction.atomic():
        for submission in delivery.submissions():
            take(submission.identity, step, today)
            send_until(lately(today), [submission.identity])
