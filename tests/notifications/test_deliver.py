import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from submissions.models import Notification, Paper
from submissions.models.leased import complete
from submissions.notifications import deliver as delivery
from submissions.notifications.deliver import deliver
from submissions.notifications.tasks import notifications
from tests.notifications.mails import FailingBackend, owe_one, refused, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.fixture
def server(settings, monkeypatch):
    """A mail server that fails as it is told."""
    settings.EMAIL_BACKEND = "tests.notifications.mails.FailingBackend"
    monkeypatch.setattr(FailingBackend, "failures", {})
    monkeypatch.setattr(FailingBackend, "connect", None)
    monkeypatch.setattr(FailingBackend, "sent", [])
    monkeypatch.setattr(FailingBackend, "opened", 0)
    return FailingBackend


@pytest.fixture
def rings(monkeypatch):
    rung = []
    monkeypatch.setattr(delivery, "ring", rung.append)
    return rung


def let_leases_lapse():
    Notification.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def make_due():
    Notification.objects.update(send_after=timezone.now() - timedelta(seconds=1))


def test_what_is_due_is_sent_once_over_one_connection(server):
    for n in range(3):
        owe_one(n)
    deliver()
    deliver()
    assert standing("state", "attempts", "error", "leased_until") == [("sent", 1, "", None)] * 3
    assert (len(server.sent), server.opened) == (3, 1)
    assert None not in standing("sent_at")


def test_what_waits_for_its_time_is_not_sent(server):
    owe_one(after=timezone.now() + timedelta(minutes=10))
    deliver()
    assert (server.sent, server.opened) == ([], 0)


def test_the_attempt_is_on_file_before_the_server_is_asked(server, monkeypatch):
    owe_one()
    seen = []
    monkeypatch.setattr(server, "open", lambda self: seen.extend(standing("attempts", "lease_token")))
    deliver()
    assert seen[0][0] == 1
    assert seen[0][1] is not None


def test_a_refused_recipient_is_final_and_stops_no_other(server):
    for n in (1, 2):
        owe_one(n)
    server.failures = {"writer1@example.org": refused(550)}
    deliver()
    assert standing("state", "error") == [("failed", "SMTPRecipientsRefused 550"), ("sent", "")]


def test_a_temporary_refusal_waits_and_is_then_sent(server):
    owe_one()
    server.failures = {"writer1@example.org": refused(450)}
    deliver()
    (owed,) = Notification.objects.all()
    assert (owed.state, owed.error, owed.leased_until) == ("owed", "SMTPRecipientsRefused 450", None)
    assert timedelta(seconds=220) < owed.send_after - timezone.now() < timedelta(seconds=376)
    server.failures = {}
    make_due()
    deliver()
    assert standing("state", "attempts", "error") == [("sent", 2, "")]


def test_a_temporary_refusal_is_given_up_in_the_end(server):
    owe_one()
    server.failures = {"writer1@example.org": refused(450)}
    Notification.objects.update(attempts=11, error="before")
    deliver()
    assert standing("state", "attempts") == [("failed", 12)]


@pytest.mark.parametrize("error", [ConnectionRefusedError(), smtplib.SMTPAuthenticationError(535, b"no"), ValueError()])
def test_without_a_connection_one_mail_counts_the_attempt_and_all_stay_owed(server, error):
    for n in range(3):
        owe_one(n)
    server.connect = error
    deliver()
    assert standing("state", "attempts", "leased_until") == [("owed", 1, None), ("owed", 0, None), ("owed", 0, None)]
    assert server.opened == 1


def test_a_connection_lost_midway_is_opened_again_for_the_rest(server):
    for n in (1, 2, 3):
        owe_one(n)
    server.failures = {"writer2@example.org": smtplib.SMTPServerDisconnected("gone")}
    deliver()
    assert standing("state", "attempts") == [("sent", 1), ("owed", 1), ("sent", 1)]
    assert server.opened == 2


def test_a_poisoned_text_never_blocks_the_others(server, caplog):
    for n in (1, 2):
        owe_one(n)
    Notification.objects.filter(key="acknowledgement:1").update(template="no-such")
    for _ in range(3):
        deliver()
        make_due()
    assert standing("state", "error", "attempts") == [("failed", "KeyError", 3), ("sent", "", 1)]


def test_log_lines_hold_no_typed_text(server, caplog):
    owe_one()
    server.failures = {"writer1@example.org": refused(550)}
    deliver()
    assert "SMTPRecipientsRefused 550" in caplog.text
    assert "writer1" not in caplog.text
    assert "their words" not in caplog.text


def test_what_is_no_longer_owed_is_cancelled(server):
    owe_one()
    Notification.objects.update(to=None)
    deliver()
    assert standing("state", "error") == [("cancelled", "no address")]


def test_a_worker_killed_after_sending_repeats_one_mail_under_the_same_message_id(server, monkeypatch):
    for n in (1, 2):
        owe_one(n)

    def killed(row, **fields):
        raise KeyboardInterrupt

    monkeypatch.setattr(delivery, "complete", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver()
    monkeypatch.setattr(delivery, "complete", complete)
    deliver()
    assert len(server.sent) == 1
    let_leases_lapse()
    deliver()
    ids = [message.extra_headers["Message-ID"] for message in server.sent]
    assert (len(ids), len(set(ids)), ids[0] == ids[1]) == (3, 2, True)
    assert standing("state") == ["sent", "sent"]


def test_a_lease_that_ran_out_is_not_sent_by_the_late_worker(server):
    owe_one()
    late = delivery._lease_batch(20)
    let_leases_lapse()
    deliver()
    late[0].leased_until = timezone.now()
    delivery._send_batch(server(), late)
    assert len(server.sent) == 1


def test_a_lease_grown_short_is_renewed_before_sending(server):
    owe_one()
    (owed,) = delivery._lease_batch(3)
    assert delivery._send(server(), owed, Paper.current()) is None
    assert standing("state") == ["sent"]


def test_a_lease_lost_while_sending_leaves_the_row_to_the_other(server, caplog):
    owe_one()
    (owed,) = delivery._lease_batch(20)

    def stolen(messages):
        Notification.objects.update(lease_token=None)
        return 1

    connection = server()
    connection.send_messages = stolen
    delivery._send(connection, owed, Paper.current())
    assert standing("state") == ["owed"]
    assert "may be sent again" in caplog.text


def test_mails_tried_before_go_one_by_one(server):
    for n in range(3):
        owe_one(n)
    delivery._lease_batch(20)
    let_leases_lapse()
    assert len(delivery._lease_batch(20)) == 1


def test_a_mail_that_kills_every_worker_is_given_up(server):
    owe_one()
    for _ in range(delivery.UNFINISHED_AT_MOST):
        delivery._lease_batch(20)
        let_leases_lapse()
    deliver()
    assert (standing("state", "error"), server.sent) == ([("failed", "never finished")], [])


def test_when_time_is_up_the_rest_is_rung_for(server, rings):
    owe_one()
    deliver(seconds=0)
    assert (standing("state"), rings) == (["owed"], ["notifications"])


def test_the_task_sends_what_is_due():
    owe_one()
    notifications()
    assert [message.to for message in mail.outbox] == [["writer1@example.org"]]
