"""Messages that could not be understood: where they go, and the way back."""

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from submissions.doorbell import ring
from submissions.intake.email.read import MOST_ATTEMPTS
from submissions.models import Outcome, RawMessage
from submissions.models.leased import free

KILLED = "three attempts did not end: the worker was killed or ran out of memory"


def quarantine_killers() -> int:
    """Put away the messages whose last attempt never came to an end; return how many."""
    stuck = RawMessage.objects.awaiting_parse().filter(free(), attempts__gte=MOST_ATTEMPTS)
    return stuck.order_by().update(
        outcome=Outcome.QUARANTINE,
        reason=Case(When(reason="", then=Value(KILLED)), default=F("reason")),
        lease_token=None,
        leased_until=None,
    )


@transaction.atomic
def replay(messages: QuerySet[RawMessage]) -> int:
    """Let the quarantined among some messages be read anew, with three attempts; return how many there were."""
    count = messages.filter(outcome=Outcome.QUARANTINE).update(
        outcome=Outcome.WAITING, reason="", attempts=0, lease_token=None, leased_until=None
    )
    if count:
        ring("intake")
    return count
