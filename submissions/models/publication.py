"""A piece that went out: the exact text and the disclaimers that went with it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from submissions.models.fields import json_length


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about publications."""

    def live(self) -> "PublicationQuerySet":
        """Return what stands on the site and was not retracted, newest first."""
        return self.filter(retracted_at=None, ran_in="").order_by("-published_at", "-pk")


class Publication(models.Model):
    """One publication of one submission. Everything but the retraction is frozen."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, related_name="publications")
    revision = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="publications")
    sign_off = models.ForeignKey("SignOff", on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10)
    disclaimers = models.JSONField(help_text="Frozen: code, number, text and placement of each.")
    published_at = models.DateTimeField(default=timezone.now)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80)
    ran_in = models.CharField(
        max_length=500, blank=True, help_text="The printed page or outside URL, if it ran elsewhere."
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    retraction_reason = models.CharField(max_length=1000, blank=True, help_text="What the page says.")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["published_at", "id"], name="publication_live", condition=Q(retracted_at=None, ran_in="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "month", "slug"], name="publication_address_unique"),
            models.UniqueConstraint(fields=["submission"], condition=Q(retracted_at=None), name="publication_one_live"),
            models.CheckConstraint(condition=Q(json_length("disclaimers", 0)), name="publication_has_disclaimers"),
            models.CheckConstraint(condition=Q(kind__in=["letter", "opinion"]), name="publication_kind_sorted"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="publication_month"),
            models.CheckConstraint(
                condition=Q(retracted_at=None, retraction_reason="")
                | (Q(retracted_at__isnull=False) & ~Q(retraction_reason="")),
                name="publication_retraction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("article", args=[self.year, f"{self.month:02}", self.slug])
