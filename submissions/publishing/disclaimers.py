"""Which disclaimers belong on a piece, and their wording frozen for good."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from submissions.cleaning import one_line
from submissions.models import AiUse, Disclaimer, Role, Submission

TIES = (Role.OFFICE_HOLDER, Role.CANDIDATE, Role.ORGANIZATION)

CONDITIONS: dict[str, Callable[[Submission], bool]] = {
    "always": lambda submission: True,
    "interests": lambda submission: bool(one_line(submission.interests)),
    "paid": lambda submission: bool(one_line(submission.paid_by)),
    "role": lambda submission: submission.role in TIES,
    "staff": lambda submission: submission.role == Role.STAFF,
    "ai": lambda submission: submission.ai_use == AiUse.WROTE,
}
"""When each condition of a disclaimer holds."""

FROZEN = ("code", "number", "text", "placement")
"""What a publication keeps of each disclaimer."""

if set(CONDITIONS) != {code for code, _ in Disclaimer._meta.get_field("condition").choices or []}:
    raise RuntimeError("disclaimers.CONDITIONS must decide every condition that a disclaimer can have")


def applying(submission: Submission) -> list[Disclaimer]:
    """Return the disclaimers in force that belong on a submission, in their order."""
    active = Disclaimer.objects.filter(active=True)
    return [d for d in active if d.is_for(submission.kind) and CONDITIONS[d.condition](submission)]


def freeze(submission: Submission) -> list[dict[str, Any]]:
    """Mark those that apply as used, from when on the database keeps their wording, and return that wording.

    Must be called inside the transaction that stores it. Marked first, read second: nobody changes one in between.
    """
    chosen = [disclaimer.pk for disclaimer in applying(submission)]
    Disclaimer.objects.filter(pk__in=chosen, used_at=None).update(used_at=timezone.now())
    return list(Disclaimer.objects.filter(pk__in=chosen).values(*FROZEN))
