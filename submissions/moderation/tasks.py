"""What the desk does without an editor."""

from celery import shared_task

from submissions.doorbell import ring
from submissions.moderation.lapsing import lapse
from submissions.notifications.digest import queue_digests

BATCH = 200


@shared_task
def moderation() -> None:
    """Let what was never confirmed lapse, and queue the editors' digests; rings again where more waits."""
    if lapse(BATCH) == BATCH:
        ring("moderation")
    queue_digests()
