"""The texts that say whose opinion this is and what may colour it."""

from django.db import models
from django.db.models import Q

from submissions.models.kinds import Kind


class Placement(models.TextChoices):
    """Where a disclaimer stands."""

    TOP = "top", "above the text"
    FOOT = "foot", "below the text"


class Disclaimer(models.Model):
    """One version of a disclaimer. Once used it is never altered or deleted; a change is a new version."""

    code = models.SlugField(max_length=60)
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    placement = models.CharField(max_length=4, choices=Placement, default=Placement.FOOT)
    position = models.PositiveSmallIntegerField(default=0)
    for_letters = models.BooleanField(default=True)
    for_opinion = models.BooleanField(default=True)
    condition = models.CharField(
        max_length=20,
        default="always",
        choices=[
            ("always", "always"),
            ("interests", "the writer declared an interest"),
            ("paid", "the writer is paid for it"),
            ("role", "the writer holds an office, is a candidate or writes for an organization"),
            ("staff", "the writer works for this newspaper"),
            ("ai", "software wrote some of it"),
        ],
    )
    active = models.BooleanField(default=True, help_text="Applied to what is published from now on.")
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="disclaimer_number_unique"),
            models.UniqueConstraint(fields=["code"], condition=Q(active=True), name="disclaimer_one_active"),
            models.CheckConstraint(condition=~Q(text=""), name="disclaimer_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"

    def is_for(self, kind: str) -> bool:
        """Whether it belongs on pieces of this kind."""
        return {Kind.LETTER: self.for_letters, Kind.OPINION: self.for_opinion}.get(Kind(kind), False)
