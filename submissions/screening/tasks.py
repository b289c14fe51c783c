"""Screening's worker."""

from celery import shared_task

from submissions.screening.line import screen_changed, screen_received


@shared_task
def screening() -> None:
    """Screen what was received, and anew what was changed."""
    screen_received()
    screen_changed()
