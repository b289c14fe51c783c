"""A letter that somebody passed on: who is said to have written it, who passed it on, and which of them signs."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SignedBy(models.TextChoices):
    """Whose letter it is."""

    OPEN = "open", "not decided"
    AUTHOR = "author", "the author named in it"
    FORWARDER = "forwarder", "whoever passed it on"


class Confidence(models.TextChoices):
    """How plainly the mail shows its author."""

    HIGH = "high", "plain"
    LOW = "low", "doubtful"


class Forward(models.Model):
    """What a forwarded mail shows. Nothing unwrapped is published before its author agrees."""

    submission = models.OneToOneField("Submission", on_delete=models.CASCADE, related_name="forward")
    author_name = models.CharField(max_length=200, blank=True)
    author_address = models.EmailField(max_length=254, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the author wrote, as the mail shows.")
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True, help_text="The author's words alone.")
    forwarder_name = models.CharField(max_length=200, blank=True)
    forwarder_address = models.EmailField(max_length=254, blank=True)
    covering = models.TextField(blank=True, help_text="The words above the forwarded letter.")
    how = models.CharField(max_length=10, help_text="rfc822: attached whole; inline: copied into the text.")
    depth = models.PositiveSmallIntegerField(default=1)
    confidence = models.CharField(max_length=4, choices=Confidence)
    signed_by = models.CharField(max_length=10, choices=SignedBy, default=SignedBy.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When the author agreed to its publication.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(signed_by__in=SignedBy.values), name="forward_signed_by_known"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name="forward_confidence_known"),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(signed_by=SignedBy.AUTHOR.value), name="forward_author_agrees"
            ),
        ]

    def __str__(self) -> str:
        return f"forward of submission {self.submission_id}"

    @property
    def awaits_author(self) -> bool:
        """Whether it may not run yet: nobody has said whose it is, or its author has not agreed."""
        return self.signed_by == SignedBy.OPEN or (self.signed_by == SignedBy.AUTHOR and self.agreed_at is None)
