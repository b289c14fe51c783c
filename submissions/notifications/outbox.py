"""The outbox: a mail is a row, written in the transaction of what it tells of, before it is a mail."""

import uuid
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from submissions.cleaning import one_line
from submissions.doorbell import ring
from submissions.models import Event, Notification, Owed, Paper, RawMessage, Submission
from submissions.notifications.addresses import message_id_domain, own_addresses, sole_address
from submissions.notifications.staff import mail_keepers

TO_OURSELVES = {"probe"}
"""The mails that are meant to come back to us."""


class Mail(TypedDict):
    """What a mail is owed with: whom to, what for (`key`), and what it is about; it leaves after `after` (now)."""

    to: str | None
    key: str
    submission: NotRequired[Submission | None]
    user: NotRequired[AbstractBaseUser | None]
    event: NotRequired[Event | None]
    after: NotRequired[datetime | None]
    subject: NotRequired[str]
    text: NotRequired[str]
    in_reply_to: NotRequired[str]


def queue(template: str, **mail: Unpack[Mail]) -> Notification | None:
    """Owe a mail (see `owe`), ring its delivery once the transaction commits, and return its row; None without one."""
    if not owe(template, Paper.current(), **mail):
        return None
    ring("notifications")
    return Notification.objects.get(key=mail["key"])


def acknowledgement_key(submission: Submission) -> str:
    """Return the key under which a submission is acknowledged once, whoever asks for it."""
    return f"acknowledgement:{submission.pk}"


def tell_keepers(template: str, *, of: RawMessage) -> int:
    """Owe a mail about a message to each who looks after mail, once for each message; return how many there are."""
    keepers = mail_keepers()
    for keeper in keepers:
        key = f"{template}:{of.pk}:{keeper.pk}"
        queue(template, to=keeper.email, key=key, user=keeper, text=str(of.pk))
    return len(keepers)


def owe(template: str, paper: Paper, **mail: Unpack[Mail]) -> bool:
    """Write down a mail that is owed, once for each `key`; return whether there is an address to owe it to.

    What is not exactly one address, or is one of our own, is never mailed: its row says FAILED from the start, in the
    sight of whoever looks after the outbox, and the decision that it tells of does not fail with it.
    """
    if not mail["to"]:
        return False
    address, trouble = sole_address(mail["to"]), ""
    if address is None:
        trouble = "not one address"
    elif template not in TO_OURSELVES and address.casefold() in own_addresses(paper):
        trouble = "our own address"
    row = Notification(
        key=mail["key"],
        template=template,
        to=address,
        submission=mail.get("submission"),
        user=mail.get("user"),  # type: ignore[misc]
        event=mail.get("event"),
        subject=one_line(mail.get("subject", ""), 300),
        text=mail.get("text", "").replace("\x00", ""),
        in_reply_to=one_line(mail.get("in_reply_to", ""), 998),
        message_id=f"<{uuid.uuid4()}@{message_id_domain(paper)}>",
        send_after=mail.get("after") or timezone.now(),
        state=Owed.FAILED if trouble else Owed.OWED,
        error=trouble,
    )
    # One statement: a key that is taken leaves the caller's transaction whole, also on PostgreSQL.
    Notification.objects.bulk_create([row], ignore_conflicts=True)
    return True
