"""Decisions on many rows at once: each row for itself, and a word about each that was left alone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser

from submissions.lifecycle import LifecycleError
from submissions.models import Submission
from submissions.moderation import actions
from submissions.permissions import submissions_for

LIMIT = 100


def _spam(submission: Submission, by: AbstractUser, expecting: int) -> None:
    actions.spam(submission, by=by, expecting=expecting)


def _decline(submission: Submission, by: AbstractUser, expecting: int) -> None:
    actions.decline(submission, by=by, expecting=expecting, reason="", silent=True)


def _claim(submission: Submission, by: AbstractUser, expecting: int) -> None:
    actions.claim(submission, by=by)


BULK: dict[str, tuple[str, str, Callable[[Submission, AbstractUser, int], None]]] = {
    "claim": ("Claim", "claimed", _claim),
    "decline": ("Decline in silence", "declined in silence", _decline),
    "spam": ("Spam", "marked as spam", _spam),
}


@dataclass
class Report:
    """What became of the chosen rows."""

    done: int = 0
    left: list[str] = field(default_factory=list)


def decide_rows(action: str, chosen: list[str], by: AbstractUser) -> Report:
    """Make one decision on each chosen row ("id:version"); a safety case and a row that has changed are left alone."""
    versions = dict(_parse(item) for item in chosen[:LIMIT] if _is_row(item))
    report, (_, _, act) = Report(), BULK[action]
    for submission in submissions_for(by).filter(pk__in=versions).select_related("current", "writer").order_by("pk"):
        named = (submission.current.headline if submission.current else "") or f"No. {submission.pk}"
        if submission.pinned:
            report.left.append(f"{named}: it is pinned as a safety case.")
            continue
        try:
            act(submission, by, versions[submission.pk])
            report.done += 1
        except LifecycleError as error:
            report.left.append(f"{named}: {error}")
    return report


def _is_row(item: str) -> bool:
    pk, _, version = item.partition(":")
    return pk.isdecimal() and version.isdecimal() and len(item) < 30


def _parse(item: str) -> tuple[int, int]:
    pk, _, version = item.partition(":")
    return int(pk), int(version)
