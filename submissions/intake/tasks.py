"""Reading the mail that waits."""

import logging
import time

from celery import shared_task

from submissions.doorbell import ring
from submissions.intake.email.health.silence import alert
from submissions.intake.email.quarantine import quarantine_killers
from submissions.intake.email.read import MOST_ATTEMPTS, attempt_all
from submissions.models import HousePolicy, RawMessage
from submissions.models.leased import free, lease

logger = logging.getLogger(__name__)

BATCH = 20
SHIFT_SECONDS = 10.0
"""A task works so long, then rings again: others get their turn."""
FIRST_SECONDS, FIRST_LEASE = 10, 25
"""A message's time at first, and how long a batch is leased: SHIFT and one message, and something over."""
AGAIN_SECONDS, AGAIN_LEASE = 30, 60
"""The same for one that failed before, which is leased alone."""


@shared_task(time_limit=AGAIN_LEASE)
def intake() -> None:
    """Read what waits, oldest first: new messages in batches, those that failed before one by one.

    So a message that kills its worker takes nobody along: the rest of its batch is read singly when its lease ends.
    Where nothing waits, it looks whether mail has been silent for longer than usual.
    """
    if not HousePolicy.objects.exists():
        logger.warning("mail waits until the paper has a house policy: run manage.py seed")
        return
    stop_at = time.monotonic() + SHIFT_SECONDS
    while time.monotonic() < stop_at:
        quarantine_killers()
        batch = _fresh() or _failed_before()
        if not batch:
            alert()
            return
        attempt_all(batch, FIRST_SECONDS if batch[0].attempts == 1 else AGAIN_SECONDS, stop_at)
    ring("intake")


def _fresh() -> list[RawMessage]:
    return _lease(BATCH, FIRST_LEASE, attempts=0)


def _failed_before() -> list[RawMessage]:
    return _lease(1, AGAIN_LEASE, attempts__range=(1, MOST_ATTEMPTS - 1))


def _lease(limit: int, seconds: float, **which: object) -> list[RawMessage]:
    # By key: the lease itself raises `attempts`, by which they were chosen.
    waiting = RawMessage.objects.awaiting_parse()
    keys = list(waiting.filter(free(), **which).values_list("pk", flat=True)[:limit])
    return lease(waiting.filter(pk__in=keys), limit, seconds) if keys else []
