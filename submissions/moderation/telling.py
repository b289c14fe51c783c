"""When a decision is told: its mail waits until the decision can no longer be undone."""

from datetime import datetime, timedelta

from django.utils import timezone

from submissions.models import HousePolicy, Submission


def after_undo(submission: Submission) -> datetime:
    """Return when the mail of a decision made now may leave."""
    delay = HousePolicy.objects.in_force(submission.kind).decision_delay_minutes
    return timezone.now() + timedelta(minutes=delay)
