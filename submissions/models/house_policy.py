"""House policy: the paper's own rules, by kind, each version unalterable from the day it is written."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.validators import MinValueValidator
from django.db import connections, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from submissions.models.kinds import Kind

IDENTITY_FIELDS = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "address": "street address",
    "city": "town",
    "region": "state",
    "headline": "headline",
}
"""What a policy may require of a writer, and what it is called."""

KEPT_SECONDS = 5.0
"""A process asks the database for the rules so often: every form needs them, and they change a few times a year."""

_kept: dict[str, tuple[float, "HousePolicy"]] = {}


class ProofRule(models.TextChoices):
    """When a writer must see the edited text before it runs."""

    ALWAYS = "always", "always"
    WHEN_CHANGED = "changed", "when more than spelling, style and cuts under the limit changed"
    NEVER = "never", "never"


class CadenceCount(models.TextChoices):
    """What the one-per-writer rule counts."""

    PUBLISHED = "published", "published pieces"
    SUBMITTED = "submitted", "submissions"


class HousePolicyQuerySet(models.QuerySet["HousePolicy"]):
    """Questions about the rules."""

    def in_force(self, kind: str, at: datetime | None = None) -> "HousePolicy":
        """Return the rules for a kind at a time (now). Unsorted submissions are held to the letters' rules.

        Raises HousePolicy.DoesNotExist where the paper has none yet (`manage.py seed` writes them).
        """
        ruled = Kind.LETTER if kind == Kind.UNSORTED else kind
        if at is None and (kept := _kept.get(ruled)) and kept[0] > time.monotonic():
            return kept[1]
        found = (
            self.filter(kind=ruled, in_force_from__lte=at or timezone.now())
            .order_by("-in_force_from", "-number")
            .first()
        )
        if found is None:
            raise HousePolicy.DoesNotExist(f"no house policy for {ruled}: run manage.py seed")
        # What a transaction sees may yet be rolled back: only what stands is kept.
        if at is None and not connections[self.db].in_atomic_block:
            _kept[ruled] = (time.monotonic() + KEPT_SECONDS, found)
        return found


class HousePolicy(models.Model):
    """One version of the rules for one kind. A change is a new version: what a writer agreed to stays on file."""

    kind = models.CharField(max_length=10, choices=[(k.value, k.label) for k in (Kind.LETTER, Kind.OPINION)])
    number = models.PositiveIntegerField()
    in_force_from = models.DateTimeField(default=timezone.now)
    min_words = models.PositiveIntegerField(default=0)
    max_words = models.PositiveIntegerField(default=250, validators=[MinValueValidator(1)])
    cadence_days = models.PositiveSmallIntegerField(
        default=30, help_text="One piece per writer in this many days; 0: no limit."
    )
    cadence_counts = models.CharField(max_length=10, choices=CadenceCount, default=CadenceCount.PUBLISHED)
    required_fields = models.JSONField(default=list, help_text="Of: " + ", ".join(IDENTITY_FIELDS) + ".")
    response_days = models.PositiveSmallIntegerField(
        default=0, help_text="Answers an article of at most this age; 0: no limit."
    )
    exclusive = models.BooleanField(default=True, help_text="Sent to this paper alone.")
    exclusive_release_hours = models.PositiveSmallIntegerField(
        default=336, help_text="Free to go elsewhere after this."
    )
    max_links = models.PositiveSmallIntegerField(default=2)
    attachments_max = models.PositiveSmallIntegerField(default=3)
    attachment_max_bytes = models.PositiveBigIntegerField(default=10_000_000)
    attachment_types = models.JSONField(default=list, help_text="Media types, such as image/jpeg.")
    message_max_bytes = models.PositiveBigIntegerField(default=50_000_000)
    reading_days = models.PositiveSmallIntegerField(
        default=2, help_text="An editor reads it within this many working days."
    )
    silence_days = models.PositiveSmallIntegerField(default=14, help_text="After this many days silence means no.")
    unconfirmed_days = models.PositiveSmallIntegerField(
        default=7, help_text="Unconfirmed ones lapse after this many days."
    )
    decline_writes = models.BooleanField(
        default=False, help_text="A decline is told to the writer unless the editor says not."
    )
    decision_delay_minutes = models.PositiveSmallIntegerField(
        default=10, help_text="Decision mails wait this long for an undo."
    )
    proof = models.CharField(max_length=10, choices=ProofRule, default=ProofRule.WHEN_CHANGED)
    proof_cut_percent = models.PositiveSmallIntegerField(default=20, help_text="Larger cuts owe the writer a proof.")
    minimum_fill_seconds = models.PositiveSmallIntegerField(
        default=4, help_text="A form sent sooner than this goes to Spam."
    )
    posts_per_hour = models.PositiveSmallIntegerField(default=20, help_text="Submissions from one network address.")
    rules_text = models.JSONField(default=list, help_text="The rules as readers see them, one sentence each.")
    terms = models.TextField(help_text="What the writer agrees to.")

    objects = HousePolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "house policies"
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="house_policy_number_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.LETTER.value, Kind.OPINION.value]), name="house_policy_kind_known"
            ),
            models.CheckConstraint(condition=Q(min_words__lte=F("max_words")), name="house_policy_words_ordered"),
            models.CheckConstraint(condition=~Q(terms=""), name="house_policy_has_terms"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} policy {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version; this process holds to it at once, the others within KEPT_SECONDS."""
        super().save(*args, **kwargs)
        transaction.on_commit(forget_kept_policies)

    def missing(self, given: Mapping[str, str | None]) -> list[str]:
        """Return the fields that these rules ask for and that are empty among those given."""
        return [
            name for name in IDENTITY_FIELDS if name in self.required_fields and not (given.get(name) or "").strip()
        ]


def forget_kept_policies() -> None:
    """Ask the database for the rules the next time."""
    _kept.clear()
