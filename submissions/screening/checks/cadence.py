"""How often one writer may have the page."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from submissions.models import CadenceCount, HousePolicy, Noticed
from submissions.screening.draft import Draft, notice


def cadence(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice a writer whose last piece ran, or came in, less than the policy's days before; say when that ends."""
    by_published = policy.cadence_counts == CadenceCount.PUBLISHED
    earlier = draft.history.published if by_published else draft.history.submitted
    if not policy.cadence_days or not earlier:
        return []
    last = max(earlier)
    again = last + timedelta(days=policy.cadence_days)
    verb = "ran" if by_published else "came"
    message = f"This writer's last piece {verb} on {_day(last)}; eligible again on {_day(again)}"
    eligible = timezone.localdate(again).isoformat()
    return [notice("cadence", message, eligible=eligible, counts=policy.cadence_counts, earlier=len(earlier))]


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")
