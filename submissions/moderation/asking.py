"""Mails that an editor sends with one key: the acknowledgement that was withheld, and the request to paste a text."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from submissions.doorbell import ring
from submissions.lifecycle import LifecycleError, move, record
from submissions.models import Event, Forward, HeldFor, Notification, Owed, Submission
from submissions.moderation.attribution import ask_author
from submissions.moderation.telling import after_undo
from submissions.notifications.outbox import acknowledgement_key, queue
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
    to, key = _address(submission), acknowledgement_key(submission)
    before = Notification.objects.filter(key=key)
    if before.filter(state__in=(Owed.OWED, Owed.SENT)).exists():
        raise AnsweredAlready("The acknowledgement has been sent already.")
    if not before.owe_again():
        queue("acknowledgement", to=to, key=key, submission=submission)
    ring("notifications")
    return record(submission, Action.ANSWER, by=by, data={"template": "acknowledgement"})


@transaction.atomic
def ask_to_paste(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Ask the writer for the text itself, because what came cannot be read here; it is held until they answer.

    The mail waits for an undo like that of any decision. Raises NoAddress, IllegalMove and StaleSubmission.
    """
    to = _address(submission)
    event = move(submission, State.HELD, by=by, expecting=expecting, reason=HeldFor.WRITER, data={"asked": "paste"})
    queue("paste", to=to, key=f"paste:{event.pk}", submission=submission, event=event, after=after_undo(submission))
    return event


def _address(submission: Submission) -> str:
    if not submission.email:
        raise NoAddress("No address was given: reach the writer by phone.")
    return submission.email
