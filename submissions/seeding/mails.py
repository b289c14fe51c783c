"""The demo's mail: each file comes in by the one door of email, and is read as the worker reads it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import Mailbox
from submissions.intake.email.read import attempt
from submissions.models import Door, Kind, Notification, RawMessage, Submission
from submissions.models.leased import lease
from submissions.screening.actions import screen
from submissions.seeding import files
from submissions.seeding.clock import at, moment
from submissions.seeding.pieces import Step, read_pieces
from submissions.seeding.play import APART, STILL_OWED, send_until, take
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

    def came_before(self) -> bool:
        """Whether it has been delivered already."""
        digest = hashlib.sha256(self.raw).hexdigest()
        return RawMessage.objects.filter(sha256=digest, envelope_to=self.mailbox.address).exists()


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
    """Deliver and read the mails that have not come yet, oldest first; return how many that were.

    Must be called outside a transaction: accepting a mail commits it.
    """
    new = [delivery for delivery in deliveries if not delivery.came_before()]
    for delivery in sorted(new, key=lambda delivery: moment(delivery.at, today)):
        _deliver(delivery, today)
    return len(new)


def _deliver(delivery: Delivery, today: datetime) -> None:
    when = moment(delivery.at, today)
    with at(when):
        accepted = accept(Envelope(door=Door.LMTP, sender=delivery.sender, mailboxes=(delivery.mailbox,)), delivery.raw)
    with at(when + READ_AFTER):
        waiting = RawMessage.objects.awaiting_parse().filter(pk__in=[message.pk for message in accepted])
        leased = lease(waiting, 1, LEASE_SECONDS)
    # Its old mails are marked as sent before a worker that runs meanwhile can see them. What such a worker has leased
    # before us, it reads by itself.
    with transaction.atomic():
        for message in leased:
            with at(when + READ_AFTER):
                attempt(message, READ_SECONDS)
            _go_on(message, delivery, when, today)


def _go_on(message: RawMessage, delivery: Delivery, when: datetime, today: datetime) -> None:
    """Screen what became of a mail, if it is new, and take its steps."""
    message.refresh_from_db()
    submission = Submission.objects.filter(messages=message, state=State.RECEIVED).first()
    if submission is None:
        return
    when += 2 * READ_AFTER
    with at(when):
        screen(submission)
    for step in delivery.then:
        when = min(max(moment(step.at, today), when + APART), today)
        with at(when):
            take(submission.identity, step, today)
    send_until(today - STILL_OWED, [submission.identity])
