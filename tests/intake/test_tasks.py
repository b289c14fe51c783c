import pytest

from submissions.intake import tasks
from submissions.intake.email import read as reading
from submissions.intake.tasks import intake
from submissions.models import Outcome, RawMessage, Submission
from tests import factories
from tests.intake.email.mails import arrive, mail

pytestmark = pytest.mark.django_db


def _outcomes() -> list[str]:
    return list(RawMessage.objects.order_by("pk").values_list("outcome", flat=True))


def test_intake_reads_all_that_waits(house):
    for number in range(25):
        arrive(mail(f"letter {number}"))
    intake()
    assert _outcomes() == [Outcome.SUBMISSION] * 25
    assert Submission.objects.count() == 25


def test_a_bad_message_fails_alone(house, monkeypatch):
    understand = reading.understand
    monkeypatch.setattr(
        reading, "understand", lambda message, raw: understand(message, raw) if b"bad" not in raw else 1 // 0
    )
    for text in ("one", "bad", "three"):
        arrive(mail(text))
    intake()
    assert _outcomes() == [Outcome.SUBMISSION, Outcome.QUARANTINE, Outcome.SUBMISSION]


def test_what_may_have_killed_a_worker_is_tried_alone(house, monkeypatch):
    batches = []
    monkeypatch.setattr(tasks, "attempt_all", lambda *batch: batches.append(batch))
    fresh, killer = arrive(mail("new")), arrive(mail("old"))
    RawMessage.objects.filter(pk=killer.pk).update(attempts=1)
    assert [message.pk for message in tasks._fresh()] == [fresh.pk]
    assert [message.pk for message in tasks._failed_before()] == [killer.pk]
    assert tasks._fresh() == tasks._failed_before() == []


def test_a_second_attempt_has_more_time(house, monkeypatch):
    seen = []

    def attempt(messages, seconds, _until):
        seen.append(seconds)
        RawMessage.objects.filter(attempts__gt=1).update(outcome=Outcome.QUARANTINE, reason="x")
        RawMessage.objects.update(leased_until=None)

    monkeypatch.setattr(tasks, "attempt_all", attempt)
    arrive(mail())
    intake()
    assert seen == [tasks.FIRST_SECONDS, tasks.AGAIN_SECONDS]


def test_at_the_end_of_a_shift_the_rest_is_given_back(house, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks, "ring", rung.append)
    monkeypatch.setattr(tasks, "SHIFT_SECONDS", 0.0001)
    for number in range(3):
        arrive(mail(f"letter {number}"))
    intake()
    assert _outcomes() == [Outcome.SUBMISSION, Outcome.WAITING, Outcome.WAITING]
    assert list(RawMessage.objects.order_by("pk").values_list("attempts", "leased_until")[1:]) == [(0, None)] * 2
    assert rung == ["intake"]


def test_mail_waits_for_a_house_policy():
    arrive(mail())
    intake()
    assert _outcomes() == [Outcome.WAITING]
    factories.make_house()
    intake()
    assert _outcomes() == [Outcome.SUBMISSION]
