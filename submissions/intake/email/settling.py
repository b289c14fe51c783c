"""What messages that were understood become: everything that is stored of them, in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Min

from submissions.intake.email import bounced
from submissions.intake.email.health.probe import come_back, probe_of
from submissions.intake.email.keeping import keep_beside
from submissions.intake.email.kinds.classify import Verdict
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.replies import answered, keep_reply
from submissions.intake.email.understand import Understood
from submissions.intake.receive import receive, receive_all
from submissions.lifecycle import record
from submissions.models import ConfirmedHow, Outcome, Party, RawMessage, Submission
from submissions.models.leased import complete
from submissions.moderation.verification import confirm
from submissions.notifications.outbox import tell_keepers
from submissions.states import Action


class LeaseLost(Exception):
    """Another worker has the message by now: what was done here is undone."""


@dataclass(frozen=True)
class Read:
    """A leased message and what it tells."""

    message: RawMessage
    understood: Understood

    @property
    def identity(self) -> str:
        """By which it is known again."""
        return self.understood.marks.identity


@transaction.atomic
def settle(read: Sequence[Read]) -> None:
    """Store what leased messages are: all of them, or none. Ten at once cost little more than two one by one.

    Raises LeaseLost, and IntegrityError where a repeat of one is settled just now.
    """
    once = {one.identity: one for one in reversed(read)}
    known = {first.identity: first for first in RawMessage.objects.first_of(list(once)).only("identity", "submission")}
    resembled = _resembled(read)
    firsts = [one for one in read if once[one.identity] is one]
    letters = [one for one in firsts if not _settle(one, known.get(one.identity), _told(one, resembled))]
    if letters:
        _receive(letters, resembled)
    again = [one for one in read if once[one.identity] is not one]
    if again:
        settle(again)


def _told(one: Read, resembled: dict[str, int]) -> dict[str, object]:
    """Return what is stored of a message whatever it is: its marks, who vouches for it, and what it resembles.

    That is the first earlier message with the same Message-ID, else the first with the same content.
    """
    marks = one.understood.marks
    firsts = [resembled.get(mark, one.message.pk) for mark in (marks.id_hash, marks.content_hash) if mark]
    earlier = next((first for first in firsts if first < one.message.pk), None)
    return {**asdict(marks), "trust": asdict(one.understood.trust), "resembles": earlier}


def _resembled(read: Sequence[Read]) -> dict[str, int]:
    """Return the first message for each Message-ID and each content, of those stored and of these."""
    firsts: dict[str, int] = {}
    for name in ("id_hash", "content_hash"):
        asked = {getattr(one.understood.marks, name) for one in read} - {""}
        stored = RawMessage.objects.exclude(**{name: ""}).filter(**{f"{name}__in": asked}).order_by()
        firsts |= stored.values_list(name).annotate(first=Min("pk"))
        for one in read:
            mark = getattr(one.understood.marks, name)
            firsts[mark] = min(firsts.get(mark, one.message.pk), one.message.pk)
    return firsts


def _settle(one: Read, first: RawMessage | None, told: dict[str, object]) -> bool:
    """Store a message unless it is a new letter; return whether it was stored."""
    message, understood = one.message, one.understood
    if first is not None:
        _repeat(message, first, told)
    elif probe := probe_of(understood):
        come_back(probe, message, understood)
        _done(message, outcome=Outcome.PROBE, reason="token", **told)
    elif understood.verdict is not None:
        _machine(message, understood.parsed, understood.verdict, told)
    else:
        return _reply(message, understood, told)
    return True


def _repeat(message: RawMessage, first: RawMessage, told: dict[str, object]) -> None:
    """Link a message that came again to the first of it."""
    if first.submission is not None:
        record(first.submission, Action.LINK, by=Party.SYSTEM, data={"message": message.pk})
    repeat = told | {"resembles": None}
    _done(message, outcome=Outcome.DUPLICATE, submission=first.submission, original=first, **repeat)


def _machine(message: RawMessage, parsed: ParsedMessage, verdict: Verdict, told: dict[str, object]) -> None:
    """Keep what no person wrote, tied to the mail of ours that it is about."""
    bounce, owed = verdict.bounce, None
    if bounce:
        owed = bounced.owed_of(message, bounce)
    elif verdict.outcome == Outcome.AUTO_REPLY:
        owed = answered(message, parsed)
    if owed and bounce:
        bounced.mark(owed, bounce)
    if verdict.outcome == Outcome.FORWARDING:
        tell_keepers("forwarding", of=message)
    submission = owed.submission if owed else None
    _done(message, outcome=verdict.outcome, reason=verdict.reason, notification=owed, submission=submission, **told)


def _reply(message: RawMessage, understood: Understood, told: dict[str, object]) -> bool:
    """Make a person's mail a reply to ours, if it is one; return whether it is."""
    owed = answered(message, understood.parsed)
    if owed is None or owed.submission is None:
        return False
    keep_reply(message, understood.parsed, owed, owed.submission)
    _done(message, outcome=Outcome.REPLY, submission=owed.submission, notification=owed, **told)
    return True


def _receive(read: Sequence[Read], resembled: dict[str, int]) -> None:
    """Make letters submissions. One alone may be known already by another door, and is linked then."""
    letters = [one.understood.letter for one in read if one.understood.letter]
    if len(letters) == 1:
        received = [receive(letters[0].arrival, by=Party.WRITER)]
    else:
        received = [(new, True) for new in receive_all([letter.arrival for letter in letters], by=Party.WRITER)]
    new = [(submission, letter) for (submission, new), letter in zip(received, letters, strict=True) if new]
    keep_beside(new)
    for one, (submission, is_new) in zip(read, received, strict=True):
        if is_new:
            _vouch(submission, one.understood)
        else:
            record(submission, Action.LINK, by=Party.SYSTEM, data={"message": one.message.pk})
        outcome = Outcome.SUBMISSION if is_new else Outcome.DUPLICATE
        _done(one.message, outcome=outcome, submission=submission, **_told(one, resembled))


def _vouch(submission: Submission, understood: Understood) -> None:
    """Confirm the address that the mail system vouches for; it is no proof of the person, and not of another's."""
    if understood.trust.vouched and submission.email.casefold() == understood.parsed.address.casefold():
        confirm(submission.writer, ConfirmedHow.VOUCHED, by=Party.SYSTEM)


def _done(message: RawMessage, **fields: object) -> None:
    if not complete(message, **{"reason": "", **fields}):
        raise LeaseLost
