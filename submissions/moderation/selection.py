"""What an editor is looking at: a queue, its filters and its order, kept in the address from page to page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from submissions.models import Channel, Finding, Severity, Submission
from submissions.models.reference import clean_reference
from submissions.moderation.queues import QUEUES, Queue
from submissions.permissions import User, kinds_for

PAGE = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 16
"""Digits of a place: enough for microseconds until the year 2286, and few enough for every database."""


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: when the row beside it was received, and its id."""

    received_at: datetime
    pk: int

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """Return the place of a submission."""
        return cls(submission.received_at, submission.pk)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the place that an address names, or None if it names none."""
        micros, _, pk = text.partition("-")
        if not (text.isascii() and micros.isdecimal() and pk.isdecimal() and len(micros) <= LONGEST >= len(pk)):
            return None
        return cls(EPOCH + timedelta(microseconds=int(micros)), int(pk))

    def __str__(self) -> str:
        return f"{(self.received_at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A queue as one editor looks at it. Every field but the editor stands in the address."""

    user: User
    queue: str = "new"
    kind: str = ""
    channel: str = ""
    rule: str = ""
    severity: str = ""
    confirmed: str = ""
    order: str = ""
    q: str = ""

    @classmethod
    def parse(cls, data: QueryDict, user: User) -> Self:
        """Read a selection from an address; what is unknown or not theirs to see is left out."""
        allowed = {
            "queue": list(QUEUES),
            "kind": [str(kind) for kind in kinds_for(user)],
            "channel": Channel.values,
            "severity": Severity.values,
            "confirmed": ["yes", "no"],
            "order": ["oldest"],
        }
        known = {name: value for name, options in allowed.items() if (value := data.get(name, "")) in options}
        rule = data.get("rule", "")[:40]
        return cls(user=user, rule=rule, q=data.get("q", "").replace("\0", "").strip()[:200], **known)

    @property
    def shown(self) -> Queue:
        """The queue itself."""
        return QUEUES[self.queue]

    @property
    def oldest_first(self) -> bool:
        """Whether the oldest comes first; else the newest does."""
        return self.order == "oldest"

    @property
    def filtered(self) -> bool:
        """Whether anything but the queue, the kind and the order narrows it."""
        return any((self.channel, self.rule, self.severity, self.confirmed, self.q))

    def address(self, **changes: str) -> str:
        """Return the selection as the query of an address, with some of it changed."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "user"} | changes
        return urlencode({name: value for name, value in own.items() if value})

    def page(
        self, *, after: Cursor | None = None, before: Cursor | None = None, limit: int = PAGE
    ) -> tuple[list[int], bool]:
        """Return the ids of the rows after (or before) a place, in the shown order, and whether there are more beyond.

        A query for each part, as many for a long queue as for a short one.
        """
        backwards = before is not None
        descending = self.oldest_first == backwards
        found = self._first(before or after, limit + 1, descending=descending)
        ids = [pk for _, pk in found[:limit]]
        return (ids[::-1] if backwards else ids), len(found) > limit

    def oldest(self) -> datetime | None:
        """Return when the oldest of the queue was received, or None if it is empty."""
        return next((at for at, _ in self._first(None, 1, descending=False)), None)

    def _first(self, place: Cursor | None, limit: int, *, descending: bool) -> list[tuple[datetime, int]]:
        """Return the first rows beyond a place, merged here: SQLite would sort a whole queue of several kinds."""
        parts = [self._part(part, place, limit, descending=descending) for part in self._parts()]
        return sorted((row for part in parts for row in part), reverse=descending)[:limit]

    def _parts(self) -> Iterator[QuerySet[Submission]]:
        """Yield querysets each of which one index already holds in order: that is why no page sorts a queue."""
        queue = self.shown
        kinds = [k for k in kinds_for(self.user) if k in queue.kinds and self.kind in ("", k)]
        rows = self._narrowed()
        for kind in kinds:
            if queue.mine:
                yield rows.filter(kind=kind, assignee_id=self.user.pk, state__in=queue.states)
            elif queue.slug == "all":
                yield rows.filter(kind=kind)
            else:
                yield from (rows.filter(kind=kind, state=state) for state in queue.states)

    def _part(
        self, rows: QuerySet[Submission], place: Cursor | None, limit: int, *, descending: bool
    ) -> list[tuple[datetime, int]]:
        if place is not None:
            side, strictly = ("lte", "lt") if descending else ("gte", "gt")
            beyond = Q(**{f"received_at__{strictly}": place.received_at}) | Q(**{f"pk__{strictly}": place.pk})
            rows = rows.filter(beyond, **{f"received_at__{side}": place.received_at})
        order = ("-received_at", "-pk") if descending else ("received_at", "pk")
        return list(rows.order_by(*order).values_list("received_at", "pk")[:limit])

    def _narrowed(self) -> QuerySet[Submission]:
        rows = Submission.objects.all()
        if self.channel:
            rows = rows.filter(channel=self.channel)
        if self.confirmed:
            rows = rows.filter(writer__confirmed_at__isnull=self.confirmed == "no")
        if self.rule or self.severity:
            found = Finding.objects.filter(submission=OuterRef("pk"), revision=OuterRef("current"))
            found = found.filter(rule=self.rule) if self.rule else found
            rows = rows.filter(Exists(found.filter(severity=self.severity) if self.severity else found))
        return rows.filter(_says(self.q)) if self.q else rows


def _says(text: str) -> Q:
    """Return the condition that a submission has a text in its reference, its writer, its headline or its body."""
    found = Q(name__icontains=text) | Q(email__icontains=text)
    found |= Q(current__headline__icontains=text) | Q(current__body__icontains=text)
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) >= 4 and not set(text) - set("+()-./ 0123456789"):
        found |= Q(writer__phone__contains=digits)
    reference = clean_reference(text)
    return found | Q(reference=reference) if reference else found
