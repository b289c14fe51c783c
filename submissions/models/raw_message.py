"""The bytes that the mail system handed over, and what became of them."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils import timezone

from submissions.models.kinds import Kind
from submissions.models.leased import Leased


class Outcome(models.TextChoices):
    """What a message turned out to be. Whatever it is, it stays on file and in sight."""

    WAITING = "waiting", "waits to be read"
    SUBMISSION = "submission", "a submission"
    DUPLICATE = "duplicate", "the same message again"
    REPLY = "reply", "a reply to one of our mails"
    BOUNCE = "bounce", "a bounce"
    AUTO_REPLY = "auto_reply", "an automatic reply"
    LIST = "list", "list mail"
    REPORT = "report", "a feedback report"
    FORWARDING = "forwarding", "a confirmation of forwarding"
    LOOP = "loop", "our own mail come back"
    PROBE = "probe", "our mail check come back"
    QUARANTINE = "quarantine", "in quarantine"


class Door(models.TextChoices):
    """Through which door a message came."""

    LMTP = "lmtp", "LMTP or SMTP"
    PIPE = "pipe", "pipe"
    HOOK = "hook", "webhook"
    IMPORT = "import", "import"
    IMAP = "imap", "IMAP"


class RawMessageQuerySet(models.QuerySet["RawMessage"]):
    """Questions about messages."""

    def awaiting_parse(self) -> "RawMessageQuerySet":
        """Return the messages that no worker has read yet, oldest first."""
        return self.filter(outcome=Outcome.WAITING).order_by("pk")

    def in_quarantine(self) -> "RawMessageQuerySet":
        """Return the messages that could not be understood."""
        return self.filter(outcome=Outcome.QUARANTINE)

    def first_of(self, identities: Collection[str]) -> "RawMessageQuerySet":
        """Return the first message of each identity, which later ones repeat.

        Worded as the unique index is: SQLite uses a partial index for its very condition only.
        """
        found = self.filter(identity__in=identities).exclude(identity="")
        return (
            found.exclude(outcome=Outcome.WAITING)
            .exclude(outcome=Outcome.DUPLICATE)
            .exclude(outcome=Outcome.QUARANTINE)
        )

    def read_again(self) -> int:
        """Let a worker read those in quarantine once more; return how many there were. Ring "intake" afterwards."""
        return self.in_quarantine().update(
            outcome=Outcome.WAITING, reason="", attempts=0, leased_until=None, lease_token=None
        )


class RawMessage(Leased):
    """One message as it was delivered. The evidence columns are append-only; the outcome may change (replay)."""

    received_at = models.DateTimeField(default=timezone.now)
    door = models.CharField(max_length=8, choices=Door)
    envelope_from = models.CharField(max_length=1000, null=True, blank=True)
    envelope_to = models.CharField(max_length=1000, null=True, blank=True)
    extension = models.CharField(
        max_length=200, null=True, blank=True, help_text="What stood after the plus in our address."
    )
    kind = models.CharField(max_length=10, choices=Kind, help_text="By the address it came to.")
    junk = models.BooleanField(default=False, help_text="Lay in the mailbox's Junk folder.")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    content = models.BinaryField(
        null=True, help_text="The bytes themselves; a large message lies in the file named beside."
    )
    file = models.CharField(max_length=120, null=True, blank=True, help_text="Name under media/, for a large message.")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(
        max_length=200, blank=True, help_text="Why it has this outcome: a code, for quarantine the error."
    )
    submission = models.ForeignKey(
        "Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    notification = models.ForeignKey(
        "Notification", on_delete=models.PROTECT, null=True, blank=True, related_name="answers", help_text="Of ours."
    )
    identity = models.CharField(
        max_length=64, blank=True, help_text="Hash of mailbox, Message-ID and content: the same message, the same hash."
    )
    id_hash = models.CharField(max_length=64, blank=True, help_text="Of the Message-ID; empty without one.")
    content_hash = models.CharField(max_length=64, blank=True, help_text="Of From, Subject, Date and body.")
    original = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeats", help_text="What it repeats."
    )
    resembles = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resembled_by",
        help_text="An earlier one with its Message-ID or its content, but not both, or at another of our addresses.",
    )
    trust = models.JSONField(default=dict, blank=True, help_text="What our mail system says of its sender: codes.")

    objects = RawMessageQuerySet.as_manager()

    class Meta:
        default_permissions = ("view", "change")
        verbose_name = "raw message"
        indexes = [
            models.Index(fields=["id"], name="raw_message_waiting", condition=Q(outcome="waiting")),
            models.Index(fields=["outcome", "received_at"], name="raw_message_outcome"),
            models.Index(fields=["sha256"], name="raw_message_sha256"),
            models.Index(fields=["id_hash"], name="raw_message_id_hash", condition=~Q(id_hash="")),
            models.Index(fields=["content_hash"], name="raw_message_content_hash", condition=~Q(content_hash="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="raw_message_outcome_known"),
            models.CheckConstraint(
                condition=(~Q(outcome__in=["submission", "reply"]) | Q(submission__isnull=False))
                & (~Q(outcome="duplicate") | Q(submission__isnull=False) | Q(original__isnull=False)),
                name="raw_message_outcome_linked",
            ),
            models.UniqueConstraint(
                fields=["identity"],
                condition=~Q(identity="") & ~Q(outcome="waiting") & ~Q(outcome="duplicate") & ~Q(outcome="quarantine"),
                name="raw_message_identity_unique",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="quarantine") | ~Q(reason=""), name="raw_message_quarantine_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
