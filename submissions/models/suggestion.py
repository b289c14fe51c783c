"""What a letter's sign-off seems to say of its writer, for an editor to take with one click."""

from django.db import models
from django.db.models import Q

SUGGESTED = ("name", "city", "region", "phone", "address")
"""The fields of a submission that a sign-off may tell."""


class Suggestion(models.Model):
    """One value read from the sign-off. It fills nothing by itself."""

    submission = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="suggestions")
    field = models.CharField(max_length=10)
    value = models.CharField(max_length=300)
    words = models.CharField(max_length=500, help_text="The very words.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(field__in=list(SUGGESTED)), name="suggestion_field_known"),
            models.UniqueConstraint(fields=["submission", "field"], name="suggestion_one_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of submission {self.submission_id}"
