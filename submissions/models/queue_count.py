"""How many submissions stand in each state: kept, never counted."""

from django.db import models
from django.db.models import F, Q

from submissions.models.kinds import Kind
from submissions.states import State


class QueueCountQuerySet(models.QuerySet["QueueCount"]):
    """Keeps the counts."""

    def shift(self, *changes: tuple[str, str, int]) -> None:
        """Add to the counts of (kind, state); always in the same order, so that two transactions never deadlock."""
        for kind, state, by in sorted(changes):
            if not self.filter(kind=kind, state=state).update(count=F("count") + by):
                self.get_or_create(kind=kind, state=state)
                self.filter(kind=kind, state=state).update(count=F("count") + by)


class QueueCount(models.Model):
    """The number of submissions of one kind in one state. Written by lifecycle.py alone; `manage.py audit` recounts."""

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=12, choices=State)
    count = models.IntegerField(default=0)

    objects = QueueCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "state"], name="queue_count_unique"),
            models.CheckConstraint(condition=Q(count__gte=0), name="queue_count_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}: {self.count}"
