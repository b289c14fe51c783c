"""The outbox's worker."""

from celery import shared_task

from submissions.notifications.deliver import deliver
from submissions.notifications.digest import queue_digests


@shared_task
def notifications() -> None:
    """Send what is due, and owe the editors their digests."""
    deliver()
    queue_digests()
