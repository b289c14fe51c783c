"""What a check noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When

from submissions.models.kinds import Severity

GRAVEST_FIRST = Case(*[When(severity=s, then=Value(n)) for n, s in enumerate(Severity.values)], default=Value(9))


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """A finding before it is stored: what a pure check returns."""

    rule: str
    severity: Severity
    message: str
    words: str = ""
    start: int | None = None
    end: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


class Finding(models.Model):
    """One thing that a rule noticed in one revision, with the very words. Findings inform; they decide nothing."""

    submission = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="findings")
    revision = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="findings")
    policy = models.ForeignKey("HousePolicy", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=4, choices=Severity)
    message = models.CharField(max_length=300, help_text="What it says to an editor.")
    words = models.CharField(max_length=500, blank=True, help_text="The very words.")
    start = models.PositiveIntegerField(null=True, help_text="Where they begin in the body, in characters.")
    end = models.PositiveIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["rule", "submission"], name="finding_rule")]
        constraints = [models.CheckConstraint(condition=Q(severity__in=Severity.values), name="finding_severity_known")]

    def __str__(self) -> str:
        return self.message
