"""History: one line for each thing that happened, of ids and codes, never of typed text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from submissions.states import Action, State


class Party(models.TextChoices):
    """Who acted, where it was not an editor."""

    EDITOR = "editor", "editor"
    WRITER = "writer", "the writer"
    SYSTEM = "system", "the system"


class Event(models.Model):
    """One line of history. Append-only."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    party = models.CharField(max_length=8, choices=Party)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=12, choices=Action)
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    to_state = models.CharField(max_length=12, choices=State, blank=True)
    data = models.JSONField(default=dict, help_text="Ids and codes only.")

    class Meta:
        ordering = ["submission", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["at"], name="event_at")]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=Action.values), name="event_action_known"),
            models.CheckConstraint(
                condition=(Q(party="editor") & Q(user__isnull=False))
                | (Q(party__in=["writer", "system"]) & Q(user=None)),
                name="event_party_named",
            ),
        ]

    def __str__(self) -> str:
        return self.get_action_display()

    @property
    def moved(self) -> bool:
        """Whether it changed the state."""
        return self.from_state != self.to_state
