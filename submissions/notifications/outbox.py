"""The outbox: a mail is a row, written in the transaction of what it tells of, before it is a mail."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from submissions.doorbell import ring
from submissions.models import Event, Notification, Owed, Submission
from submissions.notifications.addresses import own_domain, sole_address


def queue(
    template: str,
    *,
    to: str | None,
    key: str,
    submission: Submission | None = None,
    user: AbstractBaseUser | None = None,
    event: Event | None = None,
    after: datetime | None = None,
    subject: str = "",
    text: str = "",
    in_reply_to: str = "",
) -> Notification | None:
    """Owe a mail and ring its delivery; see `owe`."""
    owed = owe(
        template,
        to=to,
        key=key,
        submission=submission,
        user=user,
        event=event,
        after=after,
        subject=subject,
        text=text,
        in_reply_to=in_reply_to,
    )
    if owed is not None:
        ring("notifications")
    return owed


def owe(
    template: str,
    *,
    to: str | None,
    key: str,
    submission: Submission | None = None,
    user: AbstractBaseUser | None = None,
    event: Event | None = None,
    after: datetime | None = None,
    subject: str = "",
    text: str = "",
    in_reply_to: str = "",
) -> Notification | None:
    """Write down a mail that is owed, once for each `key`, and return its row; None where there is no address.

    It leaves after `after` (now). What is not exactly one address is never mailed: its row says FAILED from the start,
    in the outbox's sight, and keeps the decision that it tells of from failing with it.
    """
    if not to:
        return None
    address = sole_address(to)
    row = Notification(
        key=key,
        template=template,
        to=address,
        submission=submission,
        user=user,  # type: ignore[misc]
        event=event,
        subject=subject[:300],
        text=text,
        in_reply_to=in_reply_to,
        message_id=f"<{uuid.uuid4()}@{own_domain()}>",
        send_after=after or timezone.now(),
        state=Owed.OWED if address else Owed.FAILED,
        error="" if address else "not one address",
    )
    # One statement: a key that is taken leaves the caller's transaction whole, also on PostgreSQL.
    Notification.objects.bulk_create([row], ignore_conflicts=True)
    return Notification.objects.get(key=key)
