"""Delivery: leased batches, one connection each. A kill at any point costs at most one repeat of one mail."""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.mail import get_connection
from django.db.models import F, prefetch_related_objects
from django.utils import timezone

from submissions.doorbell import ring
from submissions.models import Notification, Owed, Paper
from submissions.models.leased import complete, lease
from submissions.notifications.contexts import NoLongerOwed
from submissions.notifications.render import render
from submissions.notifications.retries import Trouble, name_of, trouble_of, wait_after

logger = logging.getLogger(__name__)

BATCH = 25
UNFINISHED_AT_MOST = 5
"""Attempts that may end without a word (the worker died) before a mail is given up: perhaps it kills the worker."""
MARGIN = 10.0
"""Seconds by which a lease outlives the time that one message may take."""


def deliver(seconds: float = 20.0) -> None:
    """Send what is due, for about so long; then ring for what is left.

    Stops early when the mail server is out of reach: the next sweep tries again.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection = get_connection()
        batch = _lease_batch(_lease_seconds(connection))
        if not batch or not _send_batch(connection, batch):
            return
    ring("notifications")


def _lease_seconds(connection: Any) -> float:
    return (getattr(connection, "timeout", None) or MARGIN) + MARGIN


def _lease_batch(seconds: float) -> list[Notification]:
    """Lease new mails together, and those that were tried before one by one: a mail that kills takes no other along."""
    due = Notification.objects.due()
    return lease(due.filter(attempts=0), BATCH, seconds) or lease(due.filter(attempts__gt=0), 1, seconds)


def _send_batch(connection: Any, batch: list[Notification]) -> bool:
    """Send a batch over one connection; return whether the server is worth another batch."""
    prefetch_related_objects(batch, "user", "submission__current", "submission__writer", "submission__policy")
    paper = Paper.current()
    try:
        connection.open()
        for place, owed in enumerate(batch):
            if _send(connection, owed, paper) == Trouble.SERVER:
                _give_back(batch[place + 1 :])
                return place > 0
    except (OSError, ValueError) as error:  # no connection: a refused one, a wrong login, or settings at odds
        _failed(batch[0], error, Trouble.SERVER)
        _give_back(batch[1:])
        return False
    finally:
        with suppress(OSError):
            connection.close()
    return True


def _send(connection: Any, owed: Notification, paper: Paper) -> Trouble | None:
    """Send one mail and settle its row; return the trouble there was."""
    if not _still_ours(owed, _lease_seconds(connection)):
        return None
    if not owed.error and owed.attempts > UNFINISHED_AT_MOST:
        complete(owed, state=Owed.FAILED, error="never finished")
        return None
    try:
        mail = render(owed, paper)
    except NoLongerOwed as reason:
        complete(owed, state=Owed.CANCELLED, error=str(reason))
        return None
    except Exception as error:  # any fault of a text stays with that text
        return _failed(owed, error, Trouble.TEXT)
    try:
        connection.send_messages([mail])
    except Exception as error:  # whatever a server or a header makes of it: one mail's fault is not the others'
        return _failed(owed, error, trouble_of(error))
    if not complete(owed, state=Owed.SENT, sent_at=timezone.now(), error=""):
        logger.warning("mail %s was sent, but its lease had run out: it may be sent again", owed.pk)
    return None


def _still_ours(owed: Notification, seconds: float) -> bool:
    """Whether the lease holds until this mail is sent; one that has grown short is renewed, unless it was lost."""
    now = timezone.now()
    if owed.leased_until and owed.leased_until > now + timedelta(seconds=seconds - MARGIN):
        return True
    ours = Notification.objects.filter(pk=owed.pk, lease_token=owed.lease_token, leased_until__gt=now)
    return ours.update(leased_until=now + timedelta(seconds=seconds)) == 1


def _failed(owed: Notification, error: Exception, trouble: Trouble) -> Trouble:
    """Note the class of the error, and wait for another attempt or give up."""
    logger.warning("mail %s (%s), attempt %s: %s", owed.pk, owed.template, owed.attempts, name_of(error))
    wait = wait_after(trouble, owed.attempts)
    if wait is None:
        complete(owed, state=Owed.FAILED, error=name_of(error))
    else:
        complete(owed, send_after=timezone.now() + wait, error=name_of(error))
    return trouble


def _give_back(batch: list[Notification]) -> None:
    """Give mails back that were leased and not tried."""
    for owed in batch:
        complete(owed, attempts=F("attempts") - 1)
