"""The only writers of a submission's state, text, kind and counts: each change with its event, or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from submissions.models import Event, Kind, Notification, Party, QueueCount, Revision, Submission, Writer
from submissions.states import FINAL_TEXT, RETURNS, Action, State, action_for

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Actor = AbstractBaseUser | Party
"""Who acts: an editor's account, the writer, or the system."""


class Facts(TypedDict, total=False):
    """What an event says besides who did what to which submission."""

    from_state: State | str
    to_state: State | str
    data: dict[str, Any]


class LifecycleError(Exception):
    """A change that cannot be made; its text says why and what to do."""


class StaleSubmission(LifecycleError):
    """The submission has changed since the caller read it."""


class IllegalMove(LifecycleError):
    """The state does not lead there."""


class TooLate(LifecycleError):
    """What should be undone cannot be any more."""


@transaction.atomic
def begin(pieces: Sequence[tuple[Submission, Revision]], *, by: Actor) -> list[Submission]:
    """Store new submissions, each with its revision 0 and first event, in a handful of statements.

    One with the same identity is the same submission: then IntegrityError is raised and nothing is stored.
    """
    submissions = Submission.objects.bulk_create([submission for submission, _ in pieces])
    for submission, revision in pieces:
        revision.submission, revision.number = submission, 0
        revision.seal()
    Revision.objects.bulk_create([revision for _, revision in pieces])
    own_text = Revision.objects.filter(submission=OuterRef("pk"), number=0).values("pk")
    Submission.objects.filter(pk__in=[submission.pk for submission in submissions]).update(current=Subquery(own_text))
    for submission, revision in pieces:
        submission.current = revision
    Event.objects.bulk_create(
        _event(submission, Action.RECEIVE, by=by, to_state=State.RECEIVED, data={"channel": submission.channel})
        for submission in submissions
    )
    kinds = Counter(submission.kind for submission in submissions)
    QueueCount.objects.shift(*((kind, State.RECEIVED, number) for kind, number in kinds.items()))
    return submissions


@transaction.atomic
def move(
    submission: Submission,
    to: State,
    *,
    by: Actor,
    expecting: int,
    reason: str = "",
    until: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Move a submission to another state and write the event; the caller's copy is brought up to date.

    `expecting` is the version that the decider saw; `reason` is a code (what a hold waits for, why it was declined);
    `until` is when a hold ends or a scheduled piece goes live. What would be unconfirmed is new if its writer has been
    confirmed meanwhile. Raises IllegalMove and StaleSubmission.
    """
    current, came_from = State(submission.state), _came_from(submission)
    action = action_for(current, to, came_from)
    if action is None:
        raise IllegalMove(f"A submission that is {current.label} cannot become {State(to).label}.")
    before, to = _standing(submission), _unless_confirmed(to, submission)
    fields = _standing_in(to, submission, reason=reason, until=until)
    if (current, to) == (State.WITHDRAWN, State.HELD):
        fields |= _standing_before(submission.events.filter(action=Action.WITHDRAW).latest("pk"))
    _compare_and_set(submission, expecting, **fields)
    return record(
        submission,
        action,
        by=by,
        from_state=current,
        to_state=to,
        data={"version": submission.version, "reason": reason, "before": before, **(data or {})},
    )


@transaction.atomic
def undo(submission: Submission, *, by: Actor, expecting: int) -> Event:
    """Take the last decision back: the state, reason and time before it return, and its unsent mail is cancelled.

    Raises TooLate when the newest event is no editor's decision, the piece has been published, or its mail has left.
    """
    last = submission.events.order_by("-pk").first()
    if last is None or not _is_decision(last):
        raise TooLate("There is no decision to undo: something else has happened since.")
    if State.PUBLISHED in (last.to_state, last.from_state):
        raise TooLate("What was published cannot be undone; it can be corrected or retracted.")
    mails = Notification.objects.filter(event=last)
    if mails.cancel_unleased() != mails.count():
        raise TooLate("The decision's mail has already left.")
    current, to = State(submission.state), _unless_confirmed(State(last.from_state), submission)
    _compare_and_set(submission, expecting, state=to, **_standing_before(last))
    return record(
        submission,
        Action.UNDO,
        by=by,
        from_state=current,
        to_state=to,
        data={"version": submission.version, "undoes": last.pk},
    )


@transaction.atomic
def revise(submission: Submission, revision: Revision, *, by: Actor, expecting: int) -> Event:
    """Make a new revision the current text; a proof, a sign-off or a time on the schedule falls with the old one.

    Raises IllegalMove where the text is no longer edited, and StaleSubmission.
    """
    current = State(submission.state)
    if current in FINAL_TEXT:
        raise IllegalMove(f"The text of a submission that is {current.label} is not edited.")
    Submission.objects.select_for_update().get(pk=submission.pk)
    newest = submission.revisions.order_by("-number").values_list("number", flat=True).first()
    revision.submission, revision.number = submission, (newest or 0) + 1
    revision.editor = account_of(by)
    revision.save(force_insert=True)
    to = State.ACCEPTED if current in (State.PROOF, State.READY, State.SCHEDULED) else current
    fields = _standing_in(to, submission) if to != current else {}
    _compare_and_set(submission, expecting, current=revision, **fields)
    data = {"version": submission.version, "revision": revision.number}
    return record(submission, Action.EDIT, by=by, from_state=current, to_state=to, data=data)


@transaction.atomic
def sort(submission: Submission, kind: Kind, *, by: AbstractBaseUser, expecting: int) -> Event:
    """Make it a letter or an opinion piece. Raises IllegalMove once it has gone out, and StaleSubmission."""
    if submission.state in (State.PUBLISHED, State.RETRACTED):
        raise IllegalMove("What was published keeps its kind.")
    if kind == Kind.UNSORTED:
        raise IllegalMove("Sort it as a letter or as an opinion piece.")
    before = submission.kind
    _compare_and_set(submission, expecting, kind=kind)
    data = {"version": submission.version, "from": before, "to": kind}
    return record(
        submission, Action.SORT, by=by, from_state=State(submission.state), to_state=State(submission.state), data=data
    )


def record(submission: Submission, action: Action, *, by: Actor, **facts: Unpack[Facts]) -> Event:
    """Write one line of history: ids and codes, never typed text."""
    event = _event(submission, action, by=by, **facts)
    event.save(force_insert=True)
    return event


def account_of(by: Actor) -> "User | None":
    """Return the account that acts, None for a party without one."""
    return None if isinstance(by, Party) else cast("User", by)


def _event(submission: Submission, action: Action, *, by: Actor, **facts: Unpack[Facts]) -> Event:
    party = by if isinstance(by, Party) else Party.EDITOR
    return Event(submission=submission, action=action, party=party, user=account_of(by), **facts)


def _is_decision(event: Event) -> bool:
    """Whether an editor moved the state by it: not an undo, an edit of the text, or a confirmed address."""
    return event.party == Party.EDITOR and "before" in event.data and event.action != Action.CONFIRM


def _came_from(submission: Submission) -> State | None:
    return State(submission.came_from) if submission.came_from else None


def _standing(submission: Submission) -> dict[str, Any]:
    """Return what an undo restores, as JSON."""
    return {
        "came_from": submission.came_from,
        "held_for": submission.held_for,
        "held_until": submission.held_until and submission.held_until.isoformat(),
        "scheduled_for": submission.scheduled_for and submission.scheduled_for.isoformat(),
    }


def _standing_before(event: Event) -> dict[str, Any]:
    """Return the fields, beside the state, that stood before a move."""
    before = event.data["before"]
    return {
        "came_from": before["came_from"],
        "held_for": before["held_for"],
        "held_until": before["held_until"] and datetime.fromisoformat(before["held_until"]),
        "scheduled_for": before["scheduled_for"] and datetime.fromisoformat(before["scheduled_for"]),
    }


def _unless_confirmed(to: State, submission: Submission) -> State:
    """Return where it goes: what would be unconfirmed is new, if its writer has been confirmed meanwhile."""
    if to != State.UNCONFIRMED:
        return to
    # Locked, so that a confirmation at this very moment either sees this submission or is seen by it.
    writer = Writer.objects.select_for_update().only("confirmed_at").get(pk=submission.writer_id)
    return State.QUEUED if writer.confirmed else to


def _standing_in(
    to: State, submission: Submission, *, reason: str = "", until: datetime | None = None
) -> dict[str, Any]:
    """Return the fields that belong to being in a state; what belongs to another state is emptied.

    A time on the schedule falls with a hold or a withdrawal: the piece comes back as ready.
    """
    came_from = State.READY if submission.state == State.SCHEDULED else submission.state
    return {
        "state": to,
        "came_from": came_from if to in RETURNS else "",
        "held_for": reason if to == State.HELD else "",
        "held_until": until if to == State.HELD else None,
        "scheduled_for": until if to == State.SCHEDULED else None,
    }


def _compare_and_set(submission: Submission, expecting: int, **fields: Any) -> None:
    """Set fields if state and version are still what the decider saw; else raise StaleSubmission and change nothing."""
    was = (submission.kind, submission.state)
    if "state" in fields and fields["state"] != submission.state:
        fields["state_since"] = timezone.now()
    changed = Submission.objects.filter(
        pk=submission.pk, version=expecting, state=submission.state, kind=submission.kind
    ).update(version=F("version") + 1, **fields)
    if not changed:
        raise StaleSubmission(
            "Somebody has changed this submission since you opened it. Look at it again, then decide."
        )
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.version = expecting + 1
    now = (submission.kind, submission.state)
    if now != was:
        QueueCount.objects.shift((*was, -1), (*now, 1))
