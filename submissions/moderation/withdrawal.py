"""What a writer may do alone: withdraw a piece, and take that back within a day."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from submissions.lifecycle import Actor, IllegalMove, move
from submissions.models import Event, Notification, Submission
from submissions.states import MOVES, State

RESTORE_WITHIN = timedelta(hours=24)


def can_withdraw(submission: Submission) -> bool:
    """Whether it has not gone out and has not ended."""
    return State.WITHDRAWN in MOVES[State(submission.state)]


def can_restore(submission: Submission) -> bool:
    """Whether a withdrawal is recent enough to be taken back."""
    return submission.state == State.WITHDRAWN and submission.state_since > timezone.now() - RESTORE_WITHIN


@transaction.atomic
def withdraw(submission: Submission, *, by: Actor, expecting: int) -> Event:
    """End a submission for its writer; decision mails that have not left are cancelled.

    Raises IllegalMove where it has ended or gone out, and StaleSubmission.
    """
    event = move(submission, State.WITHDRAWN, by=by, expecting=expecting)
    Notification.objects.filter(submission=submission, event__isnull=False).cancel_unleased()
    return event


def restore(submission: Submission, *, by: Actor, expecting: int) -> Event:
    """Take a withdrawal back: it stands again where it stood. Raises IllegalMove after RESTORE_WITHIN."""
    if not can_restore(submission):
        raise IllegalMove("A withdrawal can be taken back for 24 hours. Please send the letter again.")
    return move(submission, State(submission.came_from), by=by, expecting=expecting)
