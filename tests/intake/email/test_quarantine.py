import pytest

from submissions.intake.email.quarantine import KILLED, quarantine_killers, replay
from submissions.models import Outcome, RawMessage
from tests.intake.email.mails import arrive, mail

pytestmark = pytest.mark.django_db


def _tried(attempts: int, reason: str = "") -> RawMessage:
    message = arrive(mail())
    RawMessage.objects.filter(pk=message.pk).update(attempts=attempts, reason=reason)
    return message


@pytest.mark.parametrize(("reason", "kept"), [("", KILLED), ("OutOfTime in x.py:1", "OutOfTime in x.py:1")])
def test_three_attempts_without_an_end_are_quarantine(reason, kept):
    message, other = _tried(3, reason), _tried(2)
    assert quarantine_killers() == 1
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.outcome, message.reason) == (Outcome.QUARANTINE, kept)
    assert other.outcome == Outcome.WAITING


def test_replay_gives_the_quarantined_three_new_attempts():
    message, other = _tried(3), _tried(1, "ValueError")
    quarantine_killers()
    assert replay(RawMessage.objects.all()) == 1
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.outcome, message.attempts, message.reason) == (Outcome.WAITING, 0, "")
    assert (other.attempts, other.reason) == (1, "ValueError")


def test_replay_of_nothing_rings_nobody():
    assert replay(RawMessage.objects.none()) == 0
