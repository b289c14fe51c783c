"""A message that is owed: a row before it is a mail."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from submissions.models.leased import Leased, free


class Owed(models.TextChoices):
    """What became of an owed message."""

    OWED = "owed", "owed"
    SENT = "sent", "sent"
    CANCELLED = "cancelled", "cancelled"
    FAILED = "failed", "failed"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions about owed messages."""

    def due(self, at: datetime | None = None) -> "NotificationQuerySet":
        """Return those whose time has come, oldest first."""
        return self.filter(state=Owed.OWED, send_after__lte=at or timezone.now()).order_by("send_after", "pk")

    def cancel_unleased(self) -> int:
        """Cancel those that no worker has taken, in one conditional update; return how many were."""
        return self.filter(free(), state=Owed.OWED, attempts=0).update(state=Owed.CANCELLED)

    def owe_again(self) -> int:
        """Owe those anew that failed and have an address; return how many. Ring "notifications" afterwards."""
        return self.filter(state=Owed.FAILED, to__isnull=False).update(
            state=Owed.OWED, send_after=timezone.now(), attempts=0, error="", leased_until=None, lease_token=None
        )


class Notification(Leased):
    """One message to one person. Sent at least once, always under the same Message-ID."""

    key = models.CharField(max_length=120, unique=True, help_text="What it answers for, so that it is owed once.")
    template = models.CharField(max_length=40)
    to = models.EmailField(max_length=254, null=True, help_text="Empty once erased.")
    submission = models.ForeignKey(
        "Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="notifications"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    event = models.ForeignKey("Event", on_delete=models.PROTECT, null=True, blank=True, related_name="notifications")
    subject = models.CharField(max_length=300, blank=True, help_text="The editor's own subject, if any.")
    text = models.TextField(blank=True, help_text="The editor's own words, if any.")
    in_reply_to = models.CharField(max_length=998, blank=True, help_text="The Message-ID that it answers.")
    message_id = models.CharField(max_length=255, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=Owed, default=Owed.OWED)
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True, help_text="When it came back.")
    bounce_status = models.CharField(max_length=12, blank=True, help_text="Such as 5.1.1 (RFC 3463).")
    error = models.CharField(max_length=200, blank=True, help_text="The class of the last error.")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["send_after", "id"], name="notification_due", condition=Q(state="owed")),
            models.Index(fields=["template", "created_at"], name="notification_template"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Owed.values), name="notification_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="notification_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.template
