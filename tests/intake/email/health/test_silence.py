from datetime import timedelta

import pytest
from django.utils import timezone

from submissions.intake.email.health.silence import ENOUGH, alert, silence
from submissions.models import Door, Notification, RawMessage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def came(*hours_ago: float, door: Door = Door.LMTP) -> None:
    now = timezone.now()
    RawMessage.objects.bulk_create(
        RawMessage(
            door=door, kind="letter", sha256="0" * 64, size=1, content=b"x", received_at=now - timedelta(hours=n)
        )
        for n in hours_ago
    )


def hourly(until: float, gap: float = 4.0) -> list[float]:
    """One message each `gap` hours, the last so many hours ago."""
    return [until + gap * n for n in range(ENOUGH + 5)]


@pytest.mark.parametrize(("last", "long"), [(1, False), (5.9, False), (6.1, True), (30, True)])
def test_a_silence_is_long_after_one_and_a_half_times_the_longest(last, long):
    came(*hourly(last, gap=4))
    assert silence(timezone.now()).long == long


def test_a_quiet_paper_is_used_to_long_silences():
    came(*hourly(30, gap=24))
    assert not silence(timezone.now()).long


def test_of_few_messages_nothing_is_said():
    came(100, 101)
    assert not silence(timezone.now()).long


def test_without_any_nothing_is_said():
    assert (silence(timezone.now()).last, silence(timezone.now()).long) == (None, False)


def test_what_is_imported_breaks_no_silence():
    came(*hourly(30))
    came(0.1, door=Door.IMPORT)
    assert silence(timezone.now()).long


def test_whoever_looks_after_mail_hears_once_of_a_silence():
    chief = factories.make_user("Chief editor")
    factories.make_user("Letters editor")
    came(*hourly(30))
    assert (alert(), alert()) == (1, 1)
    assert list(Notification.objects.values_list("template", "to")) == [("silence", chief.email)]
