from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User

from submissions.templatetags.desk import age, clock, person, phone

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (-5, "0 min"),
        (12, "12 min"),
        (60, "1 h"),
        (65, "1 h 5 min"),
        (700, "11 h"),
        (1680, "1 d 4 h"),
        (1440, "1 d"),
        (20_000, "13 d"),
    ],
)
def test_age_is_its_two_largest_units(minutes, shown):
    with time_machine.travel(NOW, tick=False):
        assert age(NOW - timedelta(minutes=minutes)) == shown


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (NOW - timedelta(hours=2), "09:00"),
        (datetime(2026, 11, 9, 18, 0, tzinfo=UTC), "9 Nov, 11:00"),
        (datetime(2025, 11, 9, 18, 0, tzinfo=UTC), "9 Nov 2025"),
    ],
)
def test_clock_says_as_much_as_is_needed(at, shown, settings):
    settings.TIME_ZONE = "America/Denver"
    with time_machine.travel(NOW, tick=False):
        assert clock(at) == shown


def test_nothing_is_written_as_nothing():
    assert (age(None), clock(None), person(None)) == ("", "", "")


def test_person_is_the_full_name_else_the_account():
    assert person(User(username="ada", first_name="Ada", last_name="Editor")) == "Ada Editor"
    assert person(User(username="ada")) == "ada"


@pytest.mark.parametrize(
    ("number", "shown"), [("+13075550134", "+1 307-555-0134"), ("ask at the shop", "ask at the shop"), ("", "")]
)
def test_phone_is_shown_as_it_is_read_aloud(number, shown):
    assert phone(number) == shown
