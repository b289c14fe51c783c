"""The rows of a queue: what an editor needs to choose the next one, in as many queries for fifty as for one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Left
from django.utils import timezone

from submissions.models import Finding, Kind, Severity, Submission
from submissions.models.finding import GRAVEST_FIRST
from submissions.states import State

FIRST_CHARACTERS = 240
SHOWN_FINDINGS = 2


@dataclass(frozen=True)
class Row:
    """One line of a queue."""

    submission: Submission
    headline: str
    first_words: str
    known: str
    findings: list[Finding]
    more: int
    due: bool
    """Whether it was held until a time that has come."""


def rows_of(ids: Sequence[int], kinds: Sequence[Kind]) -> list[Row]:
    """Return the rows for some ids, in their order, in two queries; `kinds` are those that the editor may see."""
    found = {submission.pk: submission for submission in _submissions(ids, kinds)}
    findings = _findings(ids)
    return [_row(found[pk], findings[pk]) for pk in ids if pk in found]


def _submissions(ids: Sequence[int], kinds: Sequence[Kind]) -> list[Submission]:
    theirs = Submission.objects.filter(writer=OuterRef("writer"), kind__in=kinds).order_by()
    rows = (
        Submission.objects.filter(pk__in=ids)
        .select_related("current", "writer", "assignee")
        .defer("current__body", "interests", "address")
        .annotate(
            first_words=Left("current__body", FIRST_CHARACTERS),
            was_published=Exists(
                theirs.filter(state__in=[State.PUBLISHED, State.RETRACTED]).exclude(pk=OuterRef("pk"))
            ),
            wrote_before=Exists(theirs.filter(received_at__lt=OuterRef("received_at"))),
        )
    )
    # Asked for both, SQLite reads every row of the kinds; the few ids are quickly looked through here.
    return [row for row in rows if row.kind in kinds]


def _findings(ids: Sequence[int]) -> dict[int, list[Finding]]:
    grouped: dict[int, list[Finding]] = defaultdict(list)
    found = Finding.objects.filter(submission__in=ids, revision=F("submission__current"))
    for finding in found.order_by(GRAVEST_FIRST, "pk"):
        grouped[finding.submission_id].append(finding)
    return grouped


def _row(submission: Submission, findings: list[Finding]) -> Row:
    pressing = [finding for finding in findings if finding.severity != Severity.INFO]
    text, current = submission.first_words, submission.current  # type: ignore[attr-defined]
    return Row(
        submission=submission,
        headline=(current.headline if current else None) or "(no headline)",
        first_words="(erased)" if text is None else text + ("…" if len(text) == FIRST_CHARACTERS else ""),
        known=_known(submission),
        findings=pressing[:SHOWN_FINDINGS],
        more=max(0, len(pressing) - SHOWN_FINDINGS),
        due=submission.held_until is not None and submission.held_until <= timezone.now(),
    )


def _known(submission: Submission) -> str:
    if submission.was_published:  # type: ignore[attr-defined]
        return "published before"
    return "wrote before" if submission.wrote_before else "new writer"  # type: ignore[attr-defined]
