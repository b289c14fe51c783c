"""The editors' digest: what is new in a queue, at most once in `Paper.digest_minutes`; nothing new, no mail.

What is new entered the queue after the editor's last digest. Both ends of that window lie LAG in the past: a
transaction that began before a digest and committed after it is told in the next one, never twice and never not at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet
from django.utils import timezone

from submissions.models import Event, Finding, Kind, Notification, Paper
from submissions.notifications.outbox import queue
from submissions.notifications.policy import IMPORTED
from submissions.notifications.staff import editors
from submissions.permissions import kinds_for
from submissions.states import State

LAG = timedelta(seconds=30)


@dataclass(frozen=True)
class Line:
    """One kind's share of a digest."""

    kind: Kind
    count: int
    oldest: datetime


def queue_digests() -> int:
    """Owe a digest to every editor who has something new and was not written to lately; return how many."""
    now, heard = timezone.now(), editors()
    pause = timedelta(minutes=Paper.current().digest_minutes)
    last = _last_digests([editor.pk for editor, _ in heard], before=now)
    owed = 0
    for editor, kinds in heard:
        since = last.get(editor.pk, editor.date_joined)
        recent = editor.pk in last and since > now - pause
        if recent or not _entered(kinds, since - LAG, now - LAG).exists():
            continue
        # The key names the digest before: however many workers look at once, one digest follows it.
        key = f"digest:{editor.pk}:{since.isoformat()}"
        owed += queue("digest", to=editor.email, key=key, user=editor) is not None
    return owed


def new_for(digest: Notification) -> list[Line]:
    """Return what a digest tells: by kind, what entered the queue since the one before and still waits there."""
    editor = digest.user
    if not isinstance(editor, AbstractUser):
        return []
    since = _last_digests([editor.pk], before=digest.created_at).get(editor.pk, editor.date_joined)
    rows = (
        _entered(kinds_for(editor), since - LAG, digest.created_at - LAG)
        .order_by()
        .values("submission__kind")
        .annotate(count=Count("submission", distinct=True), oldest=Min("submission__received_at"))
    )
    lines = {row["submission__kind"]: row for row in rows}
    return [Line(kind, lines[kind]["count"], lines[kind]["oldest"]) for kind in Kind if kind in lines]


def _entered(kinds: list[Kind], after: datetime, until: datetime) -> QuerySet[Event]:
    """Return the events by which what now waits in the queue entered it within a time; what was imported is not new."""
    imported = Finding.objects.filter(rule=IMPORTED, submission=OuterRef("submission"))
    return Event.objects.filter(
        ~Exists(imported),
        at__gt=after,
        at__lte=until,
        to_state=State.QUEUED,
        submission__state=State.QUEUED,
        submission__kind__in=kinds,
    ).exclude(from_state=State.QUEUED)


def _last_digests(editor_ids: list[int], before: datetime) -> dict[int, datetime]:
    """Return when each editor's last digest was owed; also one that failed or was no longer owed was the last look."""
    return dict(
        Notification.objects.filter(user__in=editor_ids, template="digest", created_at__lt=before)
        .values_list("user")
        .annotate(last=Max("created_at"))
    )
