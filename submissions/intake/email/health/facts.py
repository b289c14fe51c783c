"""What the database tells of mail: the last by each door, what waits, what failed, what left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from submissions.intake.email.addresses import mailboxes
from submissions.intake.email.health.silence import Silence, silence
from submissions.models import (
    Door,
    ImapAccount,
    ImapMessage,
    ImapState,
    MailProbe,
    Notification,
    Outcome,
    Owed,
    RawMessage,
)

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class DoorFacts:
    """One door: the last message by it, and how many in a week."""

    door: Door
    last: datetime
    week: int


@dataclass(frozen=True, kw_only=True)
class MailFacts:
    """Everything at a glance."""

    addresses: tuple[str, ...]
    doors: tuple[DoorFacts, ...]
    silence: Silence
    waiting: int
    waiting_since: datetime | None
    quarantine: int
    confirmations: int
    """Forwarding confirmations of providers, in seven days."""
    accounts: tuple[ImapAccount, ...]
    left_out: int
    """Messages that were too large to be fetched, in seven days."""
    sent: datetime | None
    owed: int
    owed_since: datetime | None
    failed: int
    bounced: int
    probe: MailProbe | None

    @property
    def empty(self) -> bool:
        """Whether no mail has ever come."""
        return not self.doors


def mail_facts() -> MailFacts:
    """Gather it, in a dozen queries."""
    now = timezone.now()
    mail = Notification.objects.aggregate(
        sent=Max("sent_at"),
        owed=Count("pk", filter=Q(state=Owed.OWED, send_after__lte=now)),
        owed_since=Min("send_after", filter=Q(state=Owed.OWED, send_after__lte=now)),
        failed=Count("pk", filter=Q(state=Owed.FAILED, created_at__gt=now - WEEK)),
        bounced=Count("pk", filter=Q(bounced_at__gt=now - WEEK)),
    )
    waiting = RawMessage.objects.awaiting_parse().order_by().aggregate(n=Count("pk"), since=Min("received_at"))
    return MailFacts(
        addresses=tuple(mailboxes()),
        doors=_doors(now),
        silence=silence(now),
        waiting=waiting["n"],
        waiting_since=waiting["since"],
        quarantine=RawMessage.objects.in_quarantine().count(),
        confirmations=RawMessage.objects.filter(outcome=Outcome.FORWARDING, received_at__gt=now - WEEK).count(),
        left_out=ImapMessage.objects.filter(state=ImapState.TOO_LARGE, at__gt=now - WEEK).count(),
        accounts=tuple(ImapAccount.objects.order_by("pk")),
        probe=MailProbe.objects.order_by("-pk").first(),
        **mail,
    )


def _doors(now: datetime) -> tuple[DoorFacts, ...]:
    rows = (
        RawMessage.objects.order_by()
        .values("door")
        .annotate(last=Max("received_at"), week=Count("pk", filter=Q(received_at__gt=now - WEEK)))
    )
    found = {row["door"]: row for row in rows}
    return tuple(
        DoorFacts(door=door, last=found[door]["last"], week=found[door]["week"]) for door in Door if door in found
    )
