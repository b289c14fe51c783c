"""A mail that we send to ourselves, to see whether and how it comes back."""

from django.db import models
from django.utils import timezone


class MailProbe(models.Model):
    """One probe on its round trip: out by the outgoing server, in by a door of ours."""

    token = models.CharField(max_length=20, unique=True, editable=False)
    to = models.EmailField(max_length=254)
    sent_at = models.DateTimeField(default=timezone.now, help_text="When it was owed to the outbox.")
    message = models.OneToOneField(
        "RawMessage", on_delete=models.PROTECT, null=True, related_name="probe", help_text="As it came back."
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    seen = models.JSONField(default=dict, blank=True, help_text="What the road did to it: codes.")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(returned_at=None, message=None)
                | models.Q(returned_at__isnull=False, message__isnull=False),
                name="mail_probe_returned_whole",
            )
        ]

    def __str__(self) -> str:
        return f"probe {self.pk}"
