"""The bell of this stage: what is due goes live."""

from celery import shared_task

from submissions.publishing.going_live import publish_due


@shared_task
def publishing() -> None:
    """Publish every scheduled piece whose time has come."""
    publish_due()
