"""What a reader sent, where it stands, and what its sender said about it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from submissions.models.house_policy import IDENTITY_FIELDS
from submissions.models.kinds import AiUse, Channel, Kind, Role
from submissions.models.leased import Leased
from submissions.models.reference import new_reference, spaced_reference
from submissions.states import OPEN, State

if TYPE_CHECKING:
    from submissions.models.revision import Revision


class HeldFor(models.TextChoices):
    """What an editor waits for."""

    WRITER = "writer", "an answer from the writer"
    CALL = "call", "a phone call"
    FACTS = "facts", "a check of facts"
    LEGAL = "legal", "legal advice"
    DATE = "date", "its day"
    OTHER = "other", "something else (see notes)"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions about submissions."""

    def awaiting_screening(self) -> "SubmissionQuerySet":
        """Return what was received and not yet screened, oldest first."""
        return self.filter(state=State.RECEIVED).order_by("received_at", "pk")

    def due(self, at: datetime | None = None) -> "SubmissionQuerySet":
        """Return the scheduled pieces whose time has come."""
        return self.filter(state=State.SCHEDULED, scheduled_for__lte=at or timezone.now()).order_by(
            "scheduled_for", "pk"
        )

    def lapsed(self, before: datetime) -> "SubmissionQuerySet":
        """Return the unconfirmed ones received before a time."""
        return self.filter(state=State.UNCONFIRMED, received_at__lt=before).order_by("received_at", "pk")

    def open(self) -> "SubmissionQuerySet":
        """Return those that still ask something of somebody."""
        return self.filter(state__in=OPEN)


class Submission(Leased):
    """A letter or an opinion piece. Its text lives in its revisions; its state is written by lifecycle.py alone."""

    reference = models.CharField(max_length=15, unique=True, default=new_reference, editable=False)
    identity = models.CharField(
        max_length=64, unique=True, editable=False, help_text="Hash that makes a repeat the same submission."
    )
    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    state_since = models.DateTimeField(default=timezone.now)
    came_from = models.CharField(
        max_length=12, choices=State, blank=True, help_text="The state before held or withdrawn."
    )
    version = models.PositiveIntegerField(default=0, help_text="Rises with each change of state or text.")
    received_at = models.DateTimeField(default=timezone.now)

    writer = models.ForeignKey("Writer", on_delete=models.PROTECT, related_name="submissions")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=16, choices=Role, default=Role.NONE)
    interests = models.CharField(max_length=1000, blank=True)
    paid_by = models.CharField(max_length=300, blank=True)
    ai_use = models.CharField(max_length=10, choices=AiUse, blank=True, help_text="Empty: not asked (email).")
    exclusive = models.BooleanField(null=True, help_text="Sent to this paper alone; empty: not asked (email).")
    policy = models.ForeignKey(
        "HousePolicy", on_delete=models.PROTECT, related_name="+", help_text="In force at receipt."
    )
    consented_at = models.DateTimeField(
        null=True, blank=True, help_text="When the writer agreed to that policy's terms."
    )

    current = models.OneToOneField("Revision", on_delete=models.PROTECT, null=True, related_name="+")
    text_hash = models.CharField(max_length=64, blank=True, help_text="Of the normalised text as it arrived.")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_for = models.CharField(max_length=10, choices=HeldFor, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    pinned = models.BooleanField(
        default=False, help_text="A safety case: the chief is alerted, bulk actions leave it alone."
    )
    legal_hold = models.BooleanField(default=False, help_text="Nothing of it may be erased.")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        default_permissions = ("change", "view")
        permissions = [
            ("moderate_letter", "Can moderate letters"),
            ("moderate_opinion", "Can moderate opinion pieces"),
            ("moderate_unsorted", "Can sort unsorted submissions"),
            ("publish_submission", "Can publish and schedule"),
            ("retract_submission", "Can retract"),
            ("waive_proof", "Can publish without a sign-off that is owed"),
        ]
        indexes = [
            models.Index(fields=["state", "kind", "received_at", "id"], name="submission_queue"),
            models.Index(fields=["kind", "received_at", "id"], name="submission_kind"),
            models.Index(fields=["received_at", "id"], name="submission_received"),
            models.Index(fields=["assignee", "state"], name="submission_assignee"),
            models.Index(fields=["writer", "received_at"], name="submission_writer"),
            models.Index(fields=["text_hash"], name="submission_text_hash"),
            models.Index(fields=["scheduled_for"], name="submission_due", condition=Q(state="scheduled")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="submission_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="submission_kind_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="submission_channel_known"),
            models.CheckConstraint(
                condition=(Q(came_from="") & ~Q(state__in=["held", "withdrawn"]))
                | (Q(came_from__in=State.values) & Q(state__in=["held", "withdrawn"])),
                name="submission_came_from",
            ),
            models.CheckConstraint(
                condition=(Q(state="scheduled") & Q(scheduled_for__isnull=False))
                | (~Q(state="scheduled") & Q(scheduled_for=None)),
                name="submission_scheduled_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="held") & ~Q(held_for="")) | (~Q(state="held") & Q(held_for="", held_until=None)),
                name="submission_held_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return spaced_reference(self.reference)

    @property
    def missing(self) -> list[str]:
        """The fields that its policy asks for and that its writer has not given."""
        headline = self.current.headline if self.current else ""
        given = {name: getattr(self, name) for name in IDENTITY_FIELDS if name != "headline"}
        return self.policy.missing({**given, "headline": headline})

    @property
    def lacks_text(self) -> bool:
        """Whether its writer must send the text itself: there is none, or what came cannot be read and still stands."""
        current = self.current
        if current is None or not current.words:
            return True
        asked = self.findings.filter(rule="unreadable").exists() or self.notifications.filter(template="paste").exists()
        return asked and current.body == self.revisions.get(number=0).body

    def own_text(self) -> "Revision":
        """Return the newest text whose body its writer sent: a new byline makes no editor's text theirs."""
        before, *later = self.revisions.order_by("number")
        own = before
        for text in later:
            if text.editor_id is None and (before == own or text.body != before.body):
                own = text
            before = text
        return own

    def get_absolute_url(self) -> str:
        """Return the writer's own page for it."""
        return reverse("track", args=[spaced_reference(self.reference)])
