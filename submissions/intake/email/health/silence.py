"""Is intake silent longer than usual? Somebody should hear of it before the writers do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.expressions import Window
from django.db.models.functions import Lag
from django.utils import timezone

from submissions.models import Door, RawMessage
from submissions.notifications.outbox import tell_keepers

LOOKS_BACK = timedelta(days=28)
LEAST = timedelta(hours=6)
"""Shorter than this no silence is long (house rule)."""
TIMES = 1.5
"""A silence is long if it is so many times the longest of four weeks: nights and weekends are among those."""
ENOUGH = 20
"""Of fewer messages nothing can be said."""
ARRIVING = (Door.LMTP, Door.PIPE, Door.IMAP, Door.HOOK)


@dataclass(frozen=True, kw_only=True)
class Silence:
    """How long no mail has come, and how long that usually is at the most; None where too little has come."""

    last: RawMessage | None
    lasts: timedelta
    usual: timedelta | None

    @property
    def long(self) -> bool:
        """Whether it is longer than usual."""
        return self.usual is not None and self.lasts > max(LEAST, self.usual * TIMES)


def silence(now: datetime) -> Silence:
    """Return how things stand; the longest gap is asked for only when the last message is old enough to matter."""
    arrived = RawMessage.objects.filter(door__in=ARRIVING)
    last = arrived.only("received_at").order_by("-received_at").first()
    lasts = now - last.received_at if last else timedelta(0)
    return Silence(last=last, lasts=lasts, usual=_longest_gap(now) if lasts > LEAST else None)


def _longest_gap(now: datetime) -> timedelta | None:
    recent = RawMessage.objects.filter(door__in=ARRIVING, received_at__gt=now - LOOKS_BACK)
    if recent.count() < ENOUGH:
        return None
    before = Window(Lag("received_at"), order_by=F("received_at").asc())
    gaps = recent.order_by().annotate(before=before).values_list("received_at", "before")
    return max((at - earlier for at, earlier in gaps.iterator() if earlier), default=None)


def alert() -> int:
    """Owe a mail about a long silence to whoever looks after mail, once for each silence; return how many."""
    found = silence(timezone.now())
    if not found.long or found.last is None:
        return 0
    return tell_keepers("silence", of=found.last)
