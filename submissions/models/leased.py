"""Rows that wait for a worker: the database is the queue, the lease says who is at work."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

L = TypeVar("L", bound="Leased")


class Leased(models.Model):
    """A row that a worker takes for a while. `attempts` counts how often that was begun, not how often it failed."""

    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        _default_manager: models.Manager[Any]


def free() -> Q:
    """Return the condition for rows that nobody has leased, or whose lease ran out."""
    return Q(leased_until=None) | Q(leased_until__lte=timezone.now())


def lease(waiting: QuerySet[L], limit: int, seconds: float) -> list[L]:
    """Lease up to `limit` of the `waiting` rows, in their order, for `seconds`; commit before any risky work.

    Must be called outside a transaction: the attempt has to be on disk before it is made.
    """
    with transaction.atomic(durable=True):
        rows = waiting.filter(free())
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        ids = [row.pk for row in rows[:limit]]
        if not ids:
            return []
        token = uuid.uuid4()
        until = timezone.now() + timedelta(seconds=seconds)
        waiting.model._default_manager.filter(pk__in=ids).update(
            lease_token=token, leased_until=until, attempts=F("attempts") + 1
        )
    # Asked for by the token alone: `waiting` may have been narrowed by what the lease has just changed (attempts).
    leased = {row.pk: row for row in waiting.model._default_manager.filter(lease_token=token)}
    return [leased[pk] for pk in ids if pk in leased]


def complete(row: Leased, **fields: Any) -> bool:
    """Give a leased row back and set `fields`; return False, and change nothing, if it is no longer ours."""
    if row.lease_token is None:
        return False
    changed = (
        type(row)
        ._default_manager.filter(pk=row.pk, lease_token=row.lease_token)
        .update(lease_token=None, leased_until=None, **fields)
    )
    return changed == 1
