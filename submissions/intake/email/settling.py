"""What a message that was understood becomes: everything that is stored of it, in one transaction."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet

from submissions.intake.email import bounced
from submissions.intake.email.health.probe import come_back, probe_of
from submissions.intake.email.keeping import keep_beside
from submissions.intake.email.replies import answered, keep_reply
from submissions.intake.email.understand import Understood
from submissions.intake.receive import receive
from submissions.lifecycle import record
from submissions.models import ConfirmedHow, Notification, Outcome, Party, RawMessage, Submission
from submissions.models.leased import complete
from submissions.moderation.verification import confirm
from submissions.notifications.outbox import tell_keepers
from submissions.states import Action

UNSETTLED = (Outcome.WAITING, Outcome.DUPLICATE, Outcome.QUARANTINE)


class LeaseLost(Exception):
    """Another worker has the message by now: what was done here is undone."""


@transaction.atomic
def settle(message: RawMessage, understood: Understood) -> None:
    """Store what a leased message is. Raises LeaseLost, and IntegrityError where a repeat of it is settled just now."""
    marks = understood.marks
    first = _settled(marks.identity).first()
    known = {**asdict(marks), "trust": asdict(understood.trust), "resembles": _resembled(message, understood)}
    if first is not None:
        _repeat(message, first, known)
    elif probe := probe_of(understood):
        come_back(probe, message, understood)
        _done(message, outcome=Outcome.PROBE, reason="token", **known)
    elif understood.verdict is not None:
        _machine(message, understood, known)
    else:
        _person(message, understood, known)


def _settled(identity: str) -> QuerySet[RawMessage]:
    return RawMessage.objects.filter(identity=identity).exclude(outcome__in=UNSETTLED).only("submission")


def _repeat(message: RawMessage, first: RawMessage, known: dict[str, object]) -> None:
    """Link a message that came again to the first of it."""
    if first.submission is not None:
        record(first.submission, Action.LINK, by=Party.SYSTEM, data={"message": message.pk})
    repeat = known | {"resembles": None}
    _done(message, outcome=Outcome.DUPLICATE, submission=first.submission, original=first, **repeat)


def _machine(message: RawMessage, understood: Understood, known: dict[str, object]) -> None:
    """Keep what no person wrote, tied to the mail of ours that it is about."""
    verdict = understood.verdict
    assert verdict is not None  # noqa: S101 the caller has asked
    bounce = verdict.bounce
    owed = bounced.owed_of(message, bounce) if bounce else _answers(message, understood)
    if owed and bounce:
        bounced.mark(owed, bounce)
    if verdict.outcome == Outcome.FORWARDING:
        tell_keepers("forwarding", of=message)
    submission = owed.submission if owed else None
    _done(message, outcome=verdict.outcome, reason=verdict.reason, notification=owed, submission=submission, **known)


def _answers(message: RawMessage, understood: Understood) -> Notification | None:
    if understood.verdict and understood.verdict.outcome == Outcome.AUTO_REPLY:
        return answered(message, understood.parsed)
    return None


def _person(message: RawMessage, understood: Understood, known: dict[str, object]) -> None:
    """Make a person's mail a reply to ours, or a submission."""
    owed = answered(message, understood.parsed)
    if owed and owed.submission:
        keep_reply(message, understood.parsed, owed, owed.submission)
        _done(message, outcome=Outcome.REPLY, submission=owed.submission, notification=owed, **known)
        return
    letter = understood.letter
    assert letter is not None  # noqa: S101 what no verdict was passed on is a letter
    submission, new = receive(letter.arrival, by=Party.WRITER)
    if new:
        keep_beside(submission, letter)
        _vouch(submission, understood)
    _done(message, outcome=Outcome.SUBMISSION if new else Outcome.DUPLICATE, submission=submission, **known)


def _vouch(submission: Submission, understood: Understood) -> None:
    """Confirm the address that the mail system vouches for; it is no proof of the person, and not of another's."""
    if understood.trust.vouched and submission.email.casefold() == understood.parsed.address.casefold():
        confirm(submission.writer, ConfirmedHow.VOUCHED, by=Party.SYSTEM)


def _resembled(message: RawMessage, understood: Understood) -> RawMessage | None:
    """Return the first earlier message with the same Message-ID, else the first with the same content, if any."""
    marks = understood.marks
    earlier = RawMessage.objects.filter(pk__lt=message.pk).only("pk").order_by("pk")
    by_id = earlier.filter(id_hash=marks.id_hash).first() if marks.id_hash else None
    return by_id or earlier.filter(content_hash=marks.content_hash).first()


def _done(message: RawMessage, **fields: object) -> None:
    if not complete(message, **{"reason": "", **fields}):
        raise LeaseLost
