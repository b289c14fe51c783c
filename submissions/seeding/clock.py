"""The seeds' calendar, and a clock that stands where a scene of the demo plays."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta, tzinfo
from unittest import mock

from django.utils import timezone

_AGO = re.compile(r"(?=\d)(?:(?P<hours>\d+)h)? ?(?:(?P<minutes>\d+)m)?")
_DAY = re.compile(r"(?P<ahead>\+?)(?P<days>\d+)d (?P<hour>\d\d):(?P<minute>\d\d)")


def moment(text: str, now: datetime) -> datetime:
    """Return the moment that a seed file names, by the calendar of `now`'s time zone.

    "12d 08:12" is twelve days before today, "+1d 06:00" tomorrow, "3h 20m" so long before now.
    Raises ValueError for anything else.
    """
    if found := _AGO.fullmatch(text):
        return now.astimezone(UTC) - timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    if found := _DAY.fullmatch(text):
        days = timedelta(days=int(found["days"]))
        day = now.date() + days if found["ahead"] else now.date() - days
        return datetime.combine(day, time(int(found["hour"]), int(found["minute"])), now.tzinfo).astimezone(UTC)
    raise ValueError(f"{text!r} is no moment: write '12d 08:12', '+1d 06:00' or '3h 20m'")


@contextmanager
def at(when: datetime) -> Iterator[None]:
    """Let Django's clock stand still at a moment, for this process: history is append-only and cannot be dated back."""

    class Standing(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return when.astimezone(tz)

    # The name inside timezone.now(), so that the field defaults, which hold that function itself, follow as well.
    with mock.patch.object(timezone, "datetime", Standing):
        yield
