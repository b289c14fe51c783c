"""Content that was removed, with who, when and why. The row itself never changes and never goes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Erasure(models.Model):
    """Leave to replace the content of one submission, or of one message that belongs to none, by NULL. Append-only."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, related_name="erasures")
    raw_message = models.ForeignKey("RawMessage", on_delete=models.PROTECT, null=True, related_name="erasures")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, help_text="A code.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False, raw_message=None) | Q(submission=None, raw_message__isnull=False),
                name="erasure_names_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_reason"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
