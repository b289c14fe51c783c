"""Screening one submission: its findings, its next state and its acknowledgement, in one transaction."""

from django.db import transaction

from submissions.lifecycle import move
from submissions.models import Party, Submission
from submissions.notifications.outbox import queue
from submissions.states import State

TRAPS = {"honeypot", "too_fast"}


@transaction.atomic
def screen(submission: Submission) -> None:
    """Move a received submission on, and acknowledge it."""
    rules = set(submission.findings.values_list("rule", flat=True))
    if rules & TRAPS:
        move(submission, State.SPAM, by=Party.SYSTEM, expecting=submission.version)
        return
    to = State.QUEUED if submission.writer.confirmed else State.UNCONFIRMED
    move(submission, to, by=Party.SYSTEM, expecting=submission.version)
    if "no_answer" not in rules:
        queue(
            "acknowledgement",
            to=submission.email or submission.writer.email,
            key=f"acknowledgement:{submission.pk}",
            submission=submission,
        )
