"""What editors decide. Each takes `by` and the version it was decided on, writes its event, and is one transaction."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from submissions.doorbell import ring
from submissions.lifecycle import IllegalMove, LifecycleError, move, record, revise
from submissions.lifecycle import sort as sort_as
from submissions.models import ConfirmedHow, Event, HeldFor, Kind, Note, Revision, Submission
from submissions.moderation.telling import after_undo
from submissions.moderation.verification import confirm
from submissions.notifications.outbox import acknowledgement_key, queue
from submissions.notifications.policy import UNANSWERED
from submissions.publishing import actions as publishing
from submissions.states import Action, State


class AlreadyClaimed(LifecycleError):
    """Another editor is at work on it."""


def shortlist(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Put it in the running; nobody is mailed."""
    return move(submission, State.SHORTLISTED, by=by, expecting=expecting)


def accept(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Choose it for a page: now it is edited."""
    return move(submission, State.ACCEPTED, by=by, expecting=expecting)


def put_back(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Put it back among the new ones."""
    return move(submission, State.QUEUED, by=by, expecting=expecting)


def hold(
    submission: Submission, *, by: AbstractUser, expecting: int, reason: HeldFor, until: datetime | None = None
) -> Event:
    """Set it aside until something is known; `until` is when to look again."""
    return move(submission, State.HELD, by=by, expecting=expecting, reason=reason, until=until)


def resume(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Take a held one up again where it stood; what was on the schedule comes back as ready."""
    if submission.state != State.HELD:
        raise IllegalMove("Only a held submission is taken up again.")
    back = State(submission.came_from)
    return move(submission, State.READY if back == State.SCHEDULED else back, by=by, expecting=expecting)


def spam(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Put it among the spam, where it stays in sight."""
    return move(submission, State.SPAM, by=by, expecting=expecting)


@transaction.atomic
def reopen(submission: Submission, *, by: AbstractUser, expecting: int) -> Event:
    """Put what was declined or taken for spam among the new ones; what a trap kept silent about is acknowledged now."""
    was_spam = submission.state == State.SPAM
    event = move(submission, State.QUEUED, by=by, expecting=expecting)
    if was_spam and not submission.findings.filter(rule__in=UNANSWERED).exists():
        to = submission.email or submission.writer.email
        queue("acknowledgement", to=to, key=acknowledgement_key(submission), submission=submission)
    return event


@transaction.atomic
def decline(
    submission: Submission,
    *,
    by: AbstractUser,
    expecting: int,
    reason: str,
    subject: str = "",
    text: str = "",
    silent: bool = False,
) -> Event:
    """Say no; `reason` is a reply text's code. Unless silent, a mail is owed once the time for an undo has passed."""
    told = bool(submission.email) and not silent
    event = move(submission, State.DECLINED, by=by, expecting=expecting, reason=reason, data={"told": told})
    if told:
        queue(
            "decline",
            to=submission.email,
            key=f"decline:{event.pk}",
            submission=submission,
            event=event,
            after=after_undo(submission),
            subject=subject,
            text=text,
        )
    return event


@transaction.atomic
def edit(
    submission: Submission, *, by: AbstractUser, expecting: int, headline: str, body: str, byline: str, reason: str
) -> Event:
    """Make an edited text the current one; what arrived stays. Raises LifecycleError where nothing has changed."""
    before = submission.current
    if before and (before.headline, before.body, before.byline) == (headline, body, byline):
        raise LifecycleError("Nothing has changed, so nothing was saved.")
    revision = Revision(
        headline=headline,
        body=body,
        byline=byline,
        in_response_to=before.in_response_to if before else "",
        reason=reason,
    )
    event = revise(submission, revision, by=by, expecting=expecting)
    ring("screening")
    return event


@transaction.atomic
def sort(submission: Submission, *, by: AbstractUser, expecting: int, kind: Kind) -> Event:
    """Make it a letter or an opinion piece; it is screened again under that kind's rules."""
    event = sort_as(submission, kind, by=by, expecting=expecting)
    ring("screening")
    return event


@transaction.atomic
def claim(submission: Submission, *, by: AbstractUser, seen: int | None = None) -> Event:
    """Make an editor the one at work on it; `seen` is the account that the page showed at work.

    Raises AlreadyClaimed where it has meanwhile gone to another.
    """
    changed = Submission.objects.filter(pk=submission.pk, assignee_id=seen).update(assignee=by)
    if not changed:
        submission.refresh_from_db(fields=["assignee"])
        name = submission.assignee and (submission.assignee.get_full_name() or submission.assignee.get_username())
        raise AlreadyClaimed(f"{name} has just claimed it." if name else "It has just been released. Claim it again.")
    submission.assignee = by  # type: ignore[assignment]
    return record(submission, Action.CLAIM, by=by, data={"from": seen})


@transaction.atomic
def release(submission: Submission, *, by: AbstractUser) -> Event:
    """Let go of one's own claim. Raises LifecycleError where it is not one's own."""
    if not Submission.objects.filter(pk=submission.pk, assignee_id=by.pk).update(assignee=None):
        raise LifecycleError("It is not claimed by you.")
    submission.assignee = None
    return record(submission, Action.RELEASE, by=by)


@transaction.atomic
def add_note(submission: Submission, *, by: AbstractUser, text: str) -> Note:
    """Tell the other editors something; the history says only that there is a note."""
    note = Note.objects.create(submission=submission, author=by, text=text)  # type: ignore[misc]
    record(submission, Action.NOTE, by=by, data={"note": note.pk})
    return note


@transaction.atomic
def pin(submission: Submission, *, by: AbstractUser) -> Event:
    """Pin it as a safety case, which bulk actions and lapsing leave alone."""
    return _set_pin(submission, by=by, pinned=True)


@transaction.atomic
def unpin(submission: Submission, *, by: AbstractUser) -> Event:
    """Take the pin off."""
    return _set_pin(submission, by=by, pinned=False)


def verify(submission: Submission, *, by: AbstractUser) -> None:
    """Record that a call reached the writer; all that waited for that moves to the queue."""
    confirm(submission.writer, ConfirmedHow.CALL, by=by)


def retract(submission: Submission, *, by: AbstractUser, reason: str) -> Event:
    """Take back what is live of it. Raises IllegalMove where nothing is."""
    live = submission.publications.filter(retracted_at=None).first()
    if live is None:
        raise IllegalMove("There is no publication to retract.")
    return publishing.retract(live, by=by, reason=reason)


def _set_pin(submission: Submission, *, by: AbstractUser, pinned: bool) -> Event:
    if not Submission.objects.filter(pk=submission.pk, pinned=not pinned).update(pinned=pinned):
        raise LifecycleError("It is pinned already." if pinned else "It is not pinned.")
    submission.pinned = pinned
    return record(submission, Action.PIN, by=by, data={"pinned": pinned})
