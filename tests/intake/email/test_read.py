import errno
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError
from django.utils import timezone

from submissions import storage
from submissions.intake.email import read as reading
from submissions.intake.email import settling
from submissions.intake.email.timelimit import OutOfTime
from submissions.models import Attachment, Finding, Outcome, RawMessage, Submission
from submissions.models.leased import lease
from tests.intake.email.mails import arrive, mail, multipart, part, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def _leased(raw: bytes = b"") -> RawMessage:
    message = arrive(raw or mail())
    return lease(RawMessage.objects.filter(pk=message.pk), 1, 60)[0]


def test_a_mail_becomes_a_submission_with_its_files():
    body, content_type = multipart("mixed", part("Keep it open."), part("a,b", "text/csv; name=data.csv"))
    message = read(mail(body, content_type))
    submission = Submission.objects.get()
    attachment = Attachment.objects.get()
    assert (message.outcome, message.submission, message.lease_token) == (Outcome.SUBMISSION, submission, None)
    assert (submission.current.headline, submission.current.body) == ("Keep the footbridge open", "Keep it open.")
    assert (attachment.name, storage.read(attachment.file)) == ("data.csv", b"a,b")
    assert submission.received_at == message.received_at


def test_a_classified_mail_keeps_its_outcome_and_makes_no_submission():
    message = read(mail("x", "List-Id: <n.example.org>"))
    assert (message.outcome, message.reason, message.submission) == (Outcome.LIST, "rfc2919", None)
    assert not Submission.objects.exists()


def test_a_mail_that_nobody_may_answer_says_so():
    read(mail(), sender="")
    assert Finding.objects.get(rule="no_answer").data == {"why": "null_sender"}


@pytest.mark.parametrize(("error", "name"), [(ValueError("typed text"), "ValueError"), (OutOfTime(), "OutOfTime")])
def test_a_failure_is_counted_and_its_text_kept_out(monkeypatch, error, name):
    def fail(*_args):
        raise error

    monkeypatch.setattr(reading, "understand", fail)
    message = _leased()
    reading.attempt(message, 5)
    message.refresh_from_db()
    assert (message.outcome, message.attempts, message.lease_token) == (Outcome.WAITING, 1, None)
    assert message.reason.startswith(f"{name} in test_read.py:")


def test_the_third_failure_is_quarantine(monkeypatch):
    monkeypatch.setattr(reading, "understand", lambda *_args: 1 // 0)
    message = arrive(mail())
    for _ in range(3):
        reading.attempt(lease(RawMessage.objects.awaiting_parse(), 1, 60)[0], 5)
    message.refresh_from_db()
    assert (message.outcome, message.attempts) == (Outcome.QUARANTINE, 3)
    assert message.reason.startswith("ZeroDivisionError in ")


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), OperationalError("locked")])
def test_a_full_disk_is_no_fault_of_the_message(monkeypatch, error):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(reading, "settle", fail)
    message = _leased()
    reading.attempt(message, 5)
    message.refresh_from_db()
    assert (message.outcome, message.attempts, message.reason) == (Outcome.WAITING, 0, "")
    assert timedelta(0) < message.leased_until - timezone.now() <= reading.RETRY_AFTER


def test_a_message_that_cannot_be_stored_fails_alone(monkeypatch):
    done = settling._done

    def fail_for_one(message, **fields):
        if message.pk == rows[1].pk:
            raise ValueError
        done(message, **fields)

    rows = [_leased(mail(f"letter {number}")) for number in range(3)]
    monkeypatch.setattr(settling, "_done", fail_for_one)
    reading.attempt_all(rows, 5)
    outcomes = RawMessage.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.SUBMISSION, Outcome.WAITING, Outcome.SUBMISSION]
    assert Submission.objects.count() == 2


def test_a_full_disk_is_no_fault_of_messages_read_together(monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(reading, "settle", fail)
    reading.attempt_all([_leased(mail("one")), _leased(mail("two"))], 5)
    assert list(RawMessage.objects.values_list("attempts", "reason")) == [(0, "")] * 2


class _Deadlock(Exception):
    sqlstate = "40P01"


@pytest.mark.parametrize("error", [OperationalError("deadlock detected"), DataError("value too long")])
def test_messages_that_cannot_be_stored_together_are_stored_one_by_one(monkeypatch, error):
    error.__cause__ = _Deadlock() if isinstance(error, OperationalError) else None
    settle = reading.settle

    def fail_together(read):
        if len(read) > 1:
            raise error
        settle(read)

    monkeypatch.setattr(reading, "settle", fail_together)
    reading.attempt_all([_leased(mail("one")), _leased(mail("two"))], 5)
    assert list(RawMessage.objects.values_list("outcome", flat=True)) == [Outcome.SUBMISSION] * 2


def test_what_the_database_refuses_is_the_messages_own_failure(monkeypatch):
    def fail(*_args):
        raise DataError("value too long")

    monkeypatch.setattr(reading, "settle", fail)
    reading.attempt_all([_leased(mail("one"))], 5)
    assert RawMessage.objects.values_list("attempts", "outcome").get() == (1, Outcome.WAITING)
    assert RawMessage.objects.get().reason.startswith("DataError in ")


def test_large_messages_are_stored_a_few_at_a_time(monkeypatch):
    settle, sizes = reading.settle, []
    monkeypatch.setattr(reading, "settle", lambda read: sizes.append(len(read)) or settle(read))
    rows = [_leased(mail(f"letter {number}")) for number in range(5)]
    monkeypatch.setattr(reading, "TOGETHER", rows[0].size * 2)
    reading.attempt_all(rows, 5)
    assert sizes == [2, 2, 1]


def test_after_a_day_a_disk_error_counts(monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError

    monkeypatch.setattr(reading, "settle", fail)
    message = _leased()
    message.received_at = timezone.now() - timedelta(days=2)
    reading.attempt(message, 5)
    message.refresh_from_db()
    assert message.reason.startswith("OSError in ")


def test_a_message_whose_bytes_are_gone_is_not_retried_for_ever():
    message = _leased()
    message.content = None
    reading.attempt(message, 5)
    message.refresh_from_db()
    assert (message.attempts, message.outcome) == (1, Outcome.WAITING)
    assert message.reason.startswith("FileNotFoundError in read.py:")


def test_a_lost_lease_undoes_the_work():
    message = _leased()
    RawMessage.objects.filter(pk=message.pk).update(lease_token=None)
    reading.attempt(message, 5)
    message.refresh_from_db()
    assert (message.outcome, Submission.objects.count()) == (Outcome.WAITING, 0)
