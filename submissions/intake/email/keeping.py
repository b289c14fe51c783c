"""What is kept beside a letter that came by mail: folded text, suggestions, and who passed it on."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from submissions.cleaning import one_line
from submissions.intake.email.forwards import Unwrapped
from submissions.intake.email.letters import Letter
from submissions.intake.email.rewrap import rewrap
from submissions.lifecycle import record
from submissions.models import Confidence, Fold, FoldKind, Forward, Note, Paper, Party, SignedBy, Submission, Suggestion
from submissions.notifications.outbox import queue
from submissions.notifications.policy import receipt_left
from submissions.notifications.staff import is_staff_address
from submissions.states import Action

NOTE_LENGTH = 9000


def keep_beside(new: Sequence[tuple[Submission, Letter]]) -> None:
    """Store what belongs to new submissions beside their text; must run in their transaction."""
    Fold.objects.bulk_create(fold for submission, letter in new for fold in _folds(submission, letter))
    Suggestion.objects.bulk_create(one for submission, letter in new for one in _suggestions(submission, letter))
    for submission, letter in new:
        if letter.unwrapped is not None:
            _keep_forward(submission, letter, letter.unwrapped)


def _folds(submission: Submission, letter: Letter) -> Iterator[Fold]:
    for one in letter.folds:
        yield Fold(submission=submission, kind=one.kind, text=one.text, after=one.after)
    if letter.covering:
        yield Fold(submission=submission, kind=FoldKind.COVERING, text=letter.covering, after=0)


def _suggestions(submission: Submission, letter: Letter) -> Iterator[Suggestion]:
    for one in letter.suggestions:
        if _plain(getattr(submission, one.field)) != _plain(one.value):
            yield Suggestion(submission=submission, field=one.field, value=one.value[:300], words=one.words[:500])


def _plain(value: str) -> str:
    """Return a value without what makes "Y Hale" and "Y. Hale" two."""
    return "".join(char for char in value.casefold() if char.isalnum())


def _keep_forward(submission: Submission, letter: Letter, found: Unwrapped) -> None:
    """Say who passed it on. Staff get no answer, and their words become a note; a stranger gets one neutral receipt."""
    name, address = letter.forwarder
    plain = found.confidence == "high"
    Forward.objects.create(
        submission=submission,
        author_name=found.name,
        author_address=found.address,
        sent_at=_moment(found.date),
        subject=one_line(found.subject, 300),
        body=rewrap(found.body),
        forwarder_name=name,
        forwarder_address=address,
        covering=rewrap(found.covering),
        how=found.how,
        depth=found.depth,
        confidence=Confidence.HIGH if plain else Confidence.LOW,
        signed_by=SignedBy.AUTHOR if plain else SignedBy.OPEN,
    )
    if is_staff_address(address):
        _keep_note(submission, found.covering)
    elif letter.answerable and receipt_left(address, Paper.current()):
        queue("receipt", to=address, key=f"receipt:{submission.pk}", submission=submission)


def _moment(date: datetime | None) -> datetime | None:
    """Return a time that the mail shows; without a zone it is taken for the newsroom's own."""
    try:
        return timezone.make_aware(date) if date and timezone.is_naive(date) else date
    except (OverflowError, ValueError):  # the first and last days that there are have no other zone
        return None


def _keep_note(submission: Submission, words: str) -> None:
    if words:
        note = Note.objects.create(submission=submission, author=None, text=words[:NOTE_LENGTH])
        record(submission, Action.NOTE, by=Party.SYSTEM, data={"note": note.pk})
