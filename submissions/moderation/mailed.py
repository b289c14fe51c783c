"""What the review page shows of a submission that came by mail, and of the mails about any."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from submissions.models import Fold, Forward, Kind, Outcome, RawMessage, Reply, Submission, Suggestion
from submissions.models.house_policy import IDENTITY_FIELDS

RELATED_AT_MOST = 10


@dataclass(frozen=True)
class Mailed:
    """Forward, folded text, suggestions, replies, trust, and mails that are half the same."""

    forward: Forward | None = None
    folds: list[Fold] = field(default_factory=list)
    suggestions: list[tuple[str, Suggestion]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    trust: dict[str, object] = field(default_factory=dict)
    related: list[RawMessage] = field(default_factory=list)

    @property
    def trusted(self) -> list[str]:
        """What the mail system found, a method each, such as "dkim pass"."""
        results = self.trust.get("results")
        return [f"{method} {result}" for method, result in results.items()] if isinstance(results, dict) else []


def mailed(submission: Submission, kinds: Sequence[Kind]) -> Mailed:
    """Gather it, in six queries; `kinds` are those that the editor may see."""
    arrived = RawMessage.objects.filter(submission=submission, outcome=Outcome.SUBMISSION)
    return Mailed(
        forward=Forward.objects.select_related("decided_by").filter(submission=submission).first(),
        folds=list(submission.folds.all()),
        suggestions=[(IDENTITY_FIELDS[one.field], one) for one in submission.suggestions.all()],
        replies=list(submission.replies.all()),
        trust=arrived.values_list("trust", flat=True).first() or {},
        related=_related(submission, kinds),
    )


def _related(submission: Submission, kinds: Sequence[Kind]) -> list[RawMessage]:
    """Return the mails with the same Message-ID or the same content that are another submission, which may be seen."""
    either = Q(resembles__submission=submission) | Q(resembled_by__submission=submission)
    found = RawMessage.objects.filter(either, submission__kind__in=kinds).exclude(submission=submission)
    return list(
        found.select_related("submission__current").defer("content").order_by("pk").distinct()[:RELATED_AT_MOST]
    )
