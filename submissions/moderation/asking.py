"""Mails that an editor sends with one key: the acknowledgement that was withheld, and the request to paste a text."""

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from submissions.doorbell import ring
from submissions.lifecycle import LifecycleError, move, record
from submissions.models import Event, Forward, HeldFor, HousePolicy, Notification, Owed, Submission
from submissions.moderation.attribution import ask_author
from submissions.notifications.outbox import queue
from submissions.states import Action, State


class AnsweredAlready(LifecycleError):
    """The mail has been sent, or is about to be."""


class NoAddress(LifecycleError):
    """There is nowhere to write to."""


@transaction.atomic
def acknowledge(submission: Submission, *, by: AbstractUser) -> Event:
    """Owe the acknowledgement that no machine sent; of a forwarded letter, ask its author instead.

    Raises AnsweredAlready, NoAddress and NoAuthor. One that failed is owed again.
    """
    if Forward.objects.filter(submission=submission).exists():
        return ask_author(submission, by=by)
    if not submission.email:
        raise NoAddress("No address was given: reach the writer by phone.")
    key = f"acknowledgement:{submission.pk}"
    before = Notification.objects.filter(key=key)
    if before.filter(state__in=(Owed.OWED, Owed.SENT)).exists():
        raise AnsweredAlready("The acknowledgement has been sent already.")
    if not before.owe_again():
        queue("acknowledgement", to=submission.email, key=key, submission=submission)
    ring("notifications")
    return record(submission, Action.ANSWER, by=by, data={"template": "acknowledgement"})


@transaction.atomic
def ask_to_paste(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Ask the writer for the text itself, because what came cannot be read here; it is held until they answer.

    The mail waits for an undo like that of any decision. Raises NoAddress, IllegalMove and StaleSubmission.
    """
    if not submission.email:
        raise NoAddress("No address was given: reach the writer by phone.")
    event = move(submission, State.HELD, by=by, expecting=expecting, reason=HeldFor.WRITER, data={"asked": "paste"})
    delay = timedelta(minutes=HousePolicy.objects.in_force(submission.kind).decision_delay_minutes)
    queue(
        "paste",
        to=submission.email,
        key=f"paste:{event.pk}",
        submission=submission,
        event=event,
        after=timezone.now() + delay,
    )
    return event
