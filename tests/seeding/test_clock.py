from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from submissions.models import Event
from submissions.seeding.clock import at, moment

DENVER = ZoneInfo("America/Denver")
NOW = datetime(2026, 3, 8, 9, 30, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12d 08:12", datetime(2026, 2, 24, 8, 12, tzinfo=DENVER)),
        ("0d 23:59", datetime(2026, 3, 8, 23, 59, tzinfo=DENVER)),
        ("+2d 06:00", datetime(2026, 3, 10, 6, 0, tzinfo=DENVER)),
        ("3h 20m", datetime(2026, 3, 8, 6, 10, tzinfo=DENVER)),
        ("4m", datetime(2026, 3, 8, 9, 26, tzinfo=DENVER)),
        ("8h", datetime(2026, 3, 8, 0, 30, tzinfo=DENVER)),
        ("2h", datetime(2026, 3, 8, 7, 30, tzinfo=DENVER)),
    ],
)
def test_moment_reads_the_seeds_calendar(text, expected):
    assert moment(text, NOW) == expected


@pytest.mark.parametrize("text", ["", " ", "yesterday", "12d", "12d 8:12", "3h 20", "-3h", "12d 25:00"])
def test_moment_refuses_anything_else(text):
    with pytest.raises(ValueError, match=r"no moment|hour must be"):
        moment(text, NOW)


def test_clock_stands_still_also_for_field_defaults():
    with at(NOW):
        assert timezone.now() == NOW
        assert timezone.now().tzinfo == UTC
        assert Event().at == NOW
    assert timezone.now() != NOW
    assert Event().at != NOW


def test_clock_goes_on_after_an_error():
    with pytest.raises(RuntimeError), at(NOW):
        raise RuntimeError
    assert timezone.now() != NOW
