"""The ledger of hosted mailboxes: which messages were taken out of them, and when the last fetch was."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ImapState(models.TextChoices):
    """What became of a message in its mailbox."""

    ACCEPTED = "accepted", "accepted"
    MOVED = "moved", "accepted and moved"
    SKIPPED = "skipped", "left where it is: for the tips address"
    TOO_LARGE = "too_large", "larger than the house policy allows"


class ImapAccount(models.Model):
    """A mailbox that is read over IMAP, and how that goes."""

    key = models.CharField(max_length=16, unique=True, help_text="Stands for the host and the user.")
    label = models.CharField(max_length=300, help_text="The user and the host, as set.")
    since = models.DateTimeField(
        default=timezone.now, help_text="First read. What came to the mailbox before that day is imported."
    )
    last_poll_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=40, blank=True, help_text="A code; empty when the last poll went well.")

    class Meta:
        default_permissions = ("view",)
        verbose_name = "IMAP account"

    def __str__(self) -> str:
        return self.label


class ImapMessage(models.Model):
    """One message of a mailbox, by the identity that the server gave it (RFC 9051, 2.3.1.1)."""

    account = models.ForeignKey(ImapAccount, on_delete=models.PROTECT, related_name="messages")
    folder = models.CharField(max_length=255)
    uidvalidity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField(help_text="Bytes, as the server has it.")
    state = models.CharField(max_length=10, choices=ImapState)
    raw_message = models.OneToOneField(
        "RawMessage", on_delete=models.PROTECT, null=True, blank=True, related_name="imap_message"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ("view",)
        verbose_name = "IMAP message"
        constraints = [
            models.UniqueConstraint(fields=["account", "folder", "uidvalidity", "uid"], name="imap_message_taken_once"),
            models.CheckConstraint(condition=Q(state__in=ImapState.values), name="imap_message_state_known"),
            models.CheckConstraint(
                condition=(~Q(state__in=["accepted", "moved"]) | Q(raw_message__isnull=False))
                & (~Q(state__in=["skipped", "too_large"]) | Q(raw_message__isnull=True)),
                name="imap_message_accepted_linked",
            ),
        ]

    def __str__(self) -> str:
        return f"IMAP message {self.uid} of {self.uidvalidity}"
