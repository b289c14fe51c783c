"""Whose letter a forwarded one is: an editor settles it, its author is asked, and agrees or is not published."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from submissions.lifecycle import IllegalMove, LifecycleError, move, record, revise
from submissions.models import ConfirmedHow, Event, Forward, Party, Revision, SignedBy, Submission, Writer
from submissions.models.revision import byline_of
from submissions.moderation.verification import confirm
from submissions.notifications.outbox import queue
from submissions.publishing.sign_off import sign
from submissions.states import Action, State


class NoAuthor(LifecycleError):
    """There is nobody to ask."""


@transaction.atomic
def attribute(submission: Submission, *, by: AbstractUser, expecting: int, signed_by: SignedBy) -> Event:
    """Say whose letter it is: who signs, and the text, become theirs. Nobody is mailed.

    Raises IllegalMove where the text is final or nothing was forwarded, and StaleSubmission.
    """
    forward = Forward.objects.select_for_update().filter(submission=submission).first()
    if forward is None or signed_by == SignedBy.OPEN:
        raise IllegalMove("Nothing was forwarded here.")
    name, address = _signer(forward, signed_by)
    revise(submission, _text(submission, forward, signed_by, name), by=by, expecting=expecting)
    writer = Writer.objects.known_by(address, name=name)
    Submission.objects.filter(pk=submission.pk).update(writer=writer, name=name, email=address)
    submission.writer, submission.name, submission.email = writer, name, address
    Forward.objects.filter(pk=forward.pk).update(signed_by=signed_by, decided_by=by, agreed_at=None)
    if writer.confirmed and submission.state == State.UNCONFIRMED:
        move(submission, State.QUEUED, by=by, expecting=submission.version, data={"how": writer.confirmed_how})
    return record(submission, Action.ATTRIBUTE, by=by, data={"to": signed_by, "writer": writer.pk})


@transaction.atomic
def ask_author(submission: Submission, *, by: AbstractUser) -> Event:
    """Owe the author one mail that asks whether the letter is theirs and may be printed. Raises NoAuthor."""
    forward = Forward.objects.filter(submission=submission, signed_by=SignedBy.AUTHOR).first()
    if forward is None or not submission.email:
        raise NoAuthor("There is no author's address to write to: settle who wrote it, or reach them by phone.")
    key = f"forwarded:{submission.pk}:{submission.writer_id}"
    queue("forwarded", to=submission.email, key=key, submission=submission)
    return record(submission, Action.ANSWER, by=by, data={"template": "forwarded"})


@transaction.atomic
def agree(submission: Submission) -> None:
    """Record that the author, reading our mail, agreed to the letter as it stands now; it proves the address too."""
    agreed = Forward.objects.filter(submission=submission, signed_by=SignedBy.AUTHOR, agreed_at=None)
    if agreed.update(agreed_at=timezone.now()):
        record(submission, Action.AGREE, by=Party.WRITER, data={"how": "page"})
        sign(submission, how="page")
    confirm(submission.writer, ConfirmedHow.LINK, by=Party.WRITER)


def _signer(forward: Forward, signed_by: SignedBy) -> tuple[str, str]:
    if signed_by == SignedBy.AUTHOR:
        return forward.author_name, forward.author_address
    return forward.forwarder_name, forward.forwarder_address


def _text(submission: Submission, forward: Forward, signed_by: SignedBy, name: str) -> Revision:
    """Return the text under its new signature: the author's words alone, or all that the forwarder sent."""
    before, by_author = submission.current, signed_by == SignedBy.AUTHOR
    whole = "\n\n".join(part for part in (forward.covering, forward.body) if part)
    return Revision(
        headline=forward.subject if by_author and forward.subject else (before.headline if before else ""),
        body=forward.body if by_author else whole,
        byline=byline_of(name, submission.city),
        in_response_to=before.in_response_to if before else "",
        reason="forwarded",
    )
