"""Screening one submission: its findings, its next state and its acknowledgement, in one transaction."""

from collections.abc import Iterable

from django.db import transaction

from submissions.doorbell import ring
from submissions.lifecycle import move
from submissions.models import Finding, HousePolicy, Noticed, Party, Severity, Submission, Writer
from submissions.notifications.outbox import acknowledgement_key, owe
from submissions.notifications.policy import IMPORTED, NO_ANSWER, UNANSWERED, answers_left, may_answer
from submissions.screening.checks import RULES, run
from submissions.screening.facts import Facts, load
from submissions.screening.safety import alert
from submissions.states import State

TRAPS = frozenset({"honeypot", "too_fast", "junk_folder", "spam_verdict"})
"""What a door or our mail system noticed: the only findings that decide, for a place in the visible Spam queue."""
ENOUGH_ANSWERS = Noticed(
    rule=NO_ANSWER,
    severity=Severity.INFO,
    message="No acknowledgement is sent by itself: enough of them have left just now. An editor may send it.",
    data={"why": "cap"},
)


@transaction.atomic
def screen(submission: Submission) -> None:
    """Check a received submission, move it on and owe its acknowledgement. Raises StaleSubmission."""
    facts = load([submission])[submission.pk]
    settle(submission, facts, run(facts.draft, facts.policy))
    ring("notifications")


@transaction.atomic(savepoint=False)
def settle(submission: Submission, facts: Facts, noticed: list[Noticed]) -> None:
    """Store findings, move a received submission on and owe its acknowledgement. Raises StaleSubmission.

    The writer's row is locked meanwhile, so that a confirmation at the same moment finds it or is found.
    """
    writer = Writer.objects.select_for_update().get(pk=submission.writer_id)
    _store(submission, noticed, facts.policy)
    alert(submission, noticed, silently=IMPORTED in facts.noticed)
    traps = facts.noticed & TRAPS
    if traps:
        move(submission, State.SPAM, by=Party.SYSTEM, expecting=submission.version, data={"trap": min(traps)})
        return
    to = State.QUEUED if writer.confirmed else State.UNCONFIRMED
    move(submission, to, by=Party.SYSTEM, expecting=submission.version)
    if not facts.noticed & UNANSWERED:
        _acknowledge(submission, writer, facts)


@transaction.atomic
def rescreen(submission: Submission) -> None:
    """Check the current text anew, after an edit or a change of kind; its findings take the place of earlier ones."""
    facts = load([submission])[submission.pk]
    noticed = run(facts.draft, facts.policy)
    submission.findings.filter(revision=submission.current, rule__in=RULES).delete()
    _store(submission, noticed, facts.policy)
    alert(submission, noticed, silently=IMPORTED in facts.noticed)


def _store(submission: Submission, noticed: Iterable[Noticed], policy: HousePolicy) -> None:
    Finding.objects.bulk_create(
        Finding(submission=submission, revision=submission.current, policy=policy, **vars(found)) for found in noticed
    )


def _acknowledge(submission: Submission, writer: Writer, facts: Facts) -> None:
    """Owe the acknowledgement, unless there is no address, or an answer would break the rules of policy.py."""
    to = submission.email or writer.email
    if not to or not may_answer(to, facts.paper):
        return
    if not answers_left(submission, to, facts.paper):
        _store(submission, [ENOUGH_ANSWERS], facts.policy)
        return
    key = acknowledgement_key(submission)
    owe("acknowledgement", facts.paper, to=to, key=key, submission=submission, in_reply_to=facts.message_id)
