"""The line that received submissions pass: leased in batches, each settled in a commit of its own, one ring a batch."""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from submissions.doorbell import ring
from submissions.lifecycle import StaleSubmission
from submissions.models import Event, Finding, Kind, Submission
from submissions.models.leased import complete, lease
from submissions.screening.actions import rescreen, settle
from submissions.screening.checks import FAILED, failed, run
from submissions.screening.facts import Facts, load, load_bare
from submissions.states import Action

logger = logging.getLogger(__name__)

BATCH = 50
LEASE_SECONDS = 20.0
ATTEMPTS = 3
"""So often all is tried; then a submission goes on to an editor without checks, and says so."""
CHANGED_WITHIN = timedelta(days=1)
RESCREENS = 20


class NeverFinished(Exception):
    """The worker died at every attempt: perhaps of this text."""


def screen_received(seconds: float = 20.0) -> None:
    """Screen what was received, oldest first, for about so long; then ring for what is left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        batch = _lease_batch()
        if not batch:
            return
        facts = _facts_of(batch)
        for submission in batch:
            _work(submission, facts.get(submission.pk))
        ring("notifications")
    ring("screening")


def screen_changed() -> None:
    """Screen anew the open submissions whose text or kind was changed lately and that were not looked at since."""
    for submission in _changed()[:RESCREENS]:
        try:
            with transaction.atomic():
                Submission.objects.select_for_update().get(pk=submission.pk)
                if _changed().filter(pk=submission.pk).exists():
                    rescreen(submission)
        except Exception:  # one strange text must not keep the others waiting; the next sweep tries again
            logger.exception("submission %s could not be screened anew", submission.pk)


def _lease_batch() -> list[Submission]:
    """Lease new ones together, and those that were tried before one by one: a text that kills takes no other along."""
    waiting = Submission.objects.awaiting_screening()
    return lease(waiting.filter(attempts=0), BATCH, LEASE_SECONDS) or lease(
        waiting.filter(attempts__gt=0), 1, LEASE_SECONDS
    )


def _facts_of(batch: list[Submission]) -> dict[int, Facts]:
    """Load the facts of a batch; where that fails for one, it fails for that one only."""
    try:
        return load(batch)
    except Exception:
        logger.exception("the facts of %s submissions could not be loaded together", len(batch))
        return {}


def _work(submission: Submission, facts: Facts | None) -> None:
    """Screen one. What fails waits until its lease ends; at the last attempt it goes on without checks."""
    if submission.attempts > ATTEMPTS:
        _go_on(submission, NeverFinished())
        return
    try:
        known = facts or load([submission])[submission.pk]
        _settle(submission, known)
    except StaleSubmission:
        complete(submission)  # withdrawn or marked as spam meanwhile: it has moved on without us
    except Exception as error:
        logger.exception("submission %s, attempt %s of screening", submission.pk, submission.attempts)
        if submission.attempts >= ATTEMPTS:
            _go_on(submission, error)


@transaction.atomic(durable=True)
def _settle(submission: Submission, facts: Facts) -> None:
    noticed = run(facts.draft, facts.policy)
    if complete(submission, attempts=0):
        settle(submission, facts, noticed)


def _go_on(submission: Submission, error: Exception) -> None:
    """Hand it to an editor unchecked. If even that fails it stays received, and every sweep tries again."""
    try:
        with transaction.atomic(durable=True):
            if complete(submission, attempts=0):
                settle(submission, load_bare(submission), [failed("", error)])
    except Exception:
        logger.exception("submission %s could not be handed on", submission.pk)


def _changed() -> QuerySet[Submission]:
    """Return the open submissions that were edited, sorted or completed lately, without findings for what they are."""
    since = timezone.now() - CHANGED_WITHIN
    events = Event.objects.filter(action__in=(Action.EDIT, Action.SORT, Action.COMPLETE), at__gt=since)
    ruled = Q(policy__kind=OuterRef("kind")) | Q(policy__kind=Kind.LETTER, submission__kind=Kind.UNSORTED)
    looked_at = Finding.objects.filter(ruled, revision=OuterRef("current"), rule__in=("words", FAILED))
    changed = Submission.objects.open().filter(pk__in=events.values("submission"))
    return changed.exclude(Exists(looked_at)).order_by("pk")
