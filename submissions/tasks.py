"""The sweep: every 30 seconds one ring for each stage, so that what a lost ring left behind is found."""

from celery import shared_task

from submissions import doorbell


@shared_task
def sweep() -> None:
    """Ring every stage once."""
    doorbell.ring_all()
