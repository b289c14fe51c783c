"""Playing the demo's pieces, in the order in which it all happened."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from unittest import mock

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from submissions import doorbell
from submissions.intake.receive import receive
from submissions.models import Notification, Owed, Party, Submission
from submissions.screening.actions import screen
from submissions.seeding.clock import at, moment
from submissions.seeding.pieces import Piece, Step
from submissions.seeding.steps import STEPS, Scene

SCREENED_AFTER = timedelta(seconds=20)
APART = timedelta(minutes=1)
"""So far apart are two things that happened to one piece, at the least."""
STILL_OWED = timedelta(minutes=30)
"""A mail older than this was sent in its day; only younger ones are left for the outbox to send."""
SENT_AFTER = timedelta(seconds=7)

Happening = tuple[datetime, Callable[[], object]]
"""What happens, and when."""


@transaction.atomic
def play(pieces: list[Piece], today: datetime) -> int:
    """Play every piece that is not there yet, all or nothing; return how many that were.

    In one transaction: a worker that runs meanwhile sees nothing of it before the old mails are marked as sent.
    """
    identities = [piece.identity for piece in pieces]
    known = set(Submission.objects.filter(identity__in=identities).values_list("identity", flat=True))
    new = [piece for piece in pieces if piece.identity not in known]
    happenings = [happening for piece in new for happening in _life(piece, today)]
    for when, happen in sorted(happenings, key=lambda happening: happening[0]):
        send_until(min(when, lately(today)), identities)
        with at(when):
            happen()
    send_until(lately(today), identities)
    return len(new)


def lately(today: datetime) -> datetime:
    """Return since when a mail is still owed."""
    return today.astimezone(UTC) - STILL_OWED


def send_until(when: datetime, identities: list[str]) -> None:
    """Mark the mails about these submissions that were due by then as sent in their day."""
    old = Notification.objects.due(when).filter(submission__identity__in=identities)
    old.update(state=Owed.SENT, attempts=1, sent_at=F("send_after") + SENT_AFTER)


@contextmanager
def in_silence() -> Iterator[None]:
    """Ring each stage once at the end, if it was rung at all, instead of hundreds of times."""
    with mock.patch.object(doorbell, "current_app") as bells:
        yield
    if bells.send_task.called:
        doorbell.ring_all()


def _life(piece: Piece, today: datetime) -> Iterator[Happening]:
    """Yield what happens to a piece and when."""
    when = moment(piece.received, today)
    yield when, partial(_arrive, piece)
    if piece.screened:
        when += SCREENED_AFTER
        yield when, partial(_screen, piece)
    for later, step in paced(piece.then, when, today):
        yield later, partial(take, piece.identity, step, today)


def paced(steps: Iterable[Step], after: datetime, today: datetime) -> Iterator[tuple[datetime, Step]]:
    """Yield when each step is taken: at its moment, but never before the one before it and never in the future."""
    for step in steps:
        after = min(max(moment(step.at, today), after + APART), today)
        yield after, step


def take(identity: str, step: Step, today: datetime) -> None:
    """Take one step with a submission."""
    submission = _submission(identity)
    user = User.objects.get(username=step.by) if step.by else None
    try:
        STEPS[step.do](Scene(submission, step, user, today))
    except Exception as error:
        error.add_note(f"in the demo, at {step}")
        raise


def _arrive(piece: Piece) -> None:
    by = User.objects.get(username=piece.typed_in_by) if piece.typed_in_by else Party.WRITER
    receive(piece.arrival(), by=by)


def _screen(piece: Piece) -> None:
    screen(_submission(piece.identity))


def _submission(identity: str) -> Submission:
    return Submission.objects.select_related("writer", "current", "policy").get(identity=identity)
