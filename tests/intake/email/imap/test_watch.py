"""The run loop, against a real server and against one that misbehaves."""

import threading

import pytest
from django.db import Error, connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from submissions.intake.email.imap import watch as loop
from submissions.models import ImapAccount, RawMessage
from tests.flows.processes import House, eventually
from tests.intake.email.imap.scripted import GREETING, Hangup
from tests.intake.email.mails import mail

pytestmark = [pytest.mark.protocol, pytest.mark.django_db]

IN_THREADS = pytest.mark.django_db(transaction=True)


def letter(number):
    return mail(f"Letter {number}\r\n", Message_ID=f"<{number}@example.org>")


def taken(count):
    return lambda: RawMessage.objects.count() == count


@pytest.fixture
def running(watch):
    """Start the loop in a thread; it is ended with the test."""
    threads = []

    def start():
        one = watch()

        def run():
            try:
                one.run()
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        threads.append((one, thread))
        thread.start()
        return one

    yield start
    for one, _ in threads:
        one.stop.asked = True
    for _, thread in threads:
        thread.join(20)
        assert not thread.is_alive()


@IN_THREADS
def test_new_mail_is_taken_at_once_where_the_server_tells(mailbox, running, monkeypatch):
    monkeypatch.setattr(loop, "IDLE_SECONDS", 3600)
    monkeypatch.setattr(loop, "IDLE_ROUND", 3600)
    running()
    for number in (1, 2, 3):
        mailbox.deliver(letter(number))
        eventually(20, taken(number))


@IN_THREADS
def test_mail_is_looked_for_where_the_server_does_not_tell(dovecot_with, use, running, monkeypatch):
    monkeypatch.setattr(loop, "POLL_SECONDS", 0.3)
    mailbox = use(dovecot_with("imap_capability = IMAP4rev1 MOVE NAMESPACE\n").mailbox())
    running()
    for number in (1, 2):
        mailbox.deliver(letter(number))
        eventually(20, taken(number))


@IN_THREADS
def test_restarted_server_is_connected_to_again(dovecot_with, use, running):
    server = dovecot_with()
    mailbox = use(server.mailbox())
    running()
    mailbox.deliver(letter(1))
    eventually(20, taken(1))
    server.stop()
    eventually(20, lambda: ImapAccount.objects.get().last_error == "connection")
    mailbox.deliver(letter(2))
    server.start()
    eventually(30, taken(2))
    eventually(20, lambda: ImapAccount.objects.get().last_error == "")


@IN_THREADS
def test_signal_ends_it_in_order(mailbox, tmp_path):
    house = House(tmp_path, IMAP_URL=mailbox.url)
    mailbox.deliver(letter(1))
    house.start("imap")
    eventually(30, taken(1))
    house.processes["imap"].terminate()
    assert house.processes["imap"].wait(20) == 0
    assert "nothing was left half done" in house.log("imap")
    assert "Traceback" not in house.log("imap")


@IN_THREADS
def test_idle_hears_what_came_just_before_it_began(scripted, running, monkeypatch):
    monkeypatch.setattr(loop, "IDLE_ROUND", 1.0)

    def idle(conversation, tag, _command):
        first = not scripted.idling.is_set()
        scripted.idling.set()
        news = [b"* 1 EXISTS\r\n"] if first else []
        if first:
            scripted.messages[1] = letter(1)
        conversation.send(b"+ idling\r\n" + b"".join(news))  # in one piece: the news are read with the answer
        conversation.line()
        conversation.send(f"{tag} OK done")

    scripted.answers["IDLE"] = idle
    running()
    eventually(20, taken(1))


@IN_THREADS
def test_idle_that_is_refused_becomes_polling(scripted, running, monkeypatch):
    monkeypatch.setattr(loop, "POLL_SECONDS", 0.2)
    scripted.answers["IDLE"] = lambda conversation, tag, _command: conversation.send(f"{tag} BAD no")
    running()
    scripted.messages[1] = letter(1)
    eventually(20, taken(1))


@IN_THREADS
def test_connection_lost_in_idle_is_made_anew(scripted, running):
    def idle(conversation, _tag, _command):
        if scripted.connections == 1:
            conversation.send("+ idling")
            raise Hangup
        return False

    scripted.answers["IDLE"] = idle
    running()
    eventually(20, lambda: scripted.connections == 2)


def test_refused_login_is_tried_again_slowly(scripted, watch, monkeypatch):
    one, waits = watch(), []
    scripted.answers["LOGIN"] = lambda conversation, tag, _command: conversation.send(f"{tag} NO no")

    def wait(seconds):
        waits.append(seconds)
        one.stop.asked = len(waits) == 3

    monkeypatch.setattr(one.stop, "wait", wait)
    one.run()
    assert waits == [loop.REFUSED_SECONDS] * 3


def test_waiting_doubles_to_a_bound(scripted, watch, monkeypatch):
    one, waits = watch(), []
    scripted.greeting = b"* BYE busy\r\n"
    monkeypatch.setattr(loop.random, "uniform", lambda _low, _high: 1)

    def wait(seconds):
        waits.append(seconds)
        one.stop.asked = len(waits) == 11

    monkeypatch.setattr(one.stop, "wait", wait)
    one.run()
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_waiting_starts_anew_after_a_success(scripted, watch, monkeypatch):
    one, waits = watch(), []
    monkeypatch.setattr(loop.random, "uniform", lambda _low, _high: 1)
    scripted.greeting = b"* BYE busy\r\n"
    scripted.answers["IDLE"] = lambda *_: hang_up()

    def wait(seconds):
        waits.append(seconds)
        scripted.greeting = GREETING if len(waits) == 3 else b"* BYE busy\r\n"
        one.stop.asked = len(waits) == 5

    monkeypatch.setattr(one.stop, "wait", wait)
    one.run()
    assert waits == [1, 2, 4, 1, 2]


def test_absent_database_never_ends_the_loop(scripted, watch, monkeypatch):
    one, waits = watch(), []
    monkeypatch.setattr(loop.ledger, "row_of", raising(Error))
    monkeypatch.setattr(one.stop, "wait", lambda seconds: waits.append(seconds) or setattr(one.stop, "asked", True))
    one.run()
    assert len(waits) == 1


def raising(error):
    def fail(*_args):
        raise error

    return fail


GARBAGE = {
    "hangs up": lambda conversation, _tag, _command: conversation.sock.shutdown(2),
    "garbage": lambda conversation, _tag, _command: (conversation.send(b"\xff\0(((\r\n* \r\n"), hang_up()),
    "half a literal": lambda conversation, _tag, _command: (
        conversation.send(b"* 1 FETCH (UID 1 BODY[] {5000}\r\nDate: x"),
        hang_up(),
    ),
    "a literal that nobody could hold": lambda conversation, _tag, _command: (
        conversation.send(b"* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\nx"),
        hang_up(),
    ),
    "nothing": lambda conversation, tag, _command: conversation.send(f"{tag} OK done"),
    "NIL": lambda conversation, tag, _command: conversation.send("* 1 FETCH (UID 1 BODY[] NIL)", f"{tag} OK done"),
    "no": lambda conversation, tag, _command: conversation.send(f"{tag} NO no"),
    "nested": lambda conversation, tag, _command: conversation.send("* 1 FETCH " + "(" * 5000, f"{tag} OK done"),
}


def hang_up():
    raise Hangup


@pytest.mark.parametrize(
    "command", ["LIST", "SELECT", "UID SEARCH", "UID FETCH 1 (RFC", "UID FETCH 1 (BODY", "UID MOVE"]
)
@pytest.mark.parametrize("garbage", GARBAGE)
def test_broken_answer_loses_and_doubles_nothing(scripted, look, command, garbage):
    scripted.messages = {1: letter(1)}
    scripted.answers[command] = GARBAGE[garbage]
    assert look() in (0, 75)
    scripted.answers.clear()
    scripted.messages = {1: letter(1)}
    assert look() == 0
    assert (taken(1)(), scripted.messages) == (True, {})


@pytest.mark.parametrize("greeting", [b"\xff\xfe\r\n", b"* BYE busy\r\n", b"220 mail.example ESMTP\r\n"])
def test_what_is_no_mail_server_is_waited_for(scripted, look, greeting):
    scripted.greeting = greeting
    assert look() == 75
    assert ImapAccount.objects.get().last_error in ("connection", "declined")
    scripted.greeting = GREETING
    assert look() == 0


@pytest.mark.parametrize("mark", ["RFC822.SIZE", "BODY"])
def test_message_that_breaks_the_connection_stops_no_other(scripted, look, mark):
    scripted.messages = {number: letter(number) for number in range(1, 8)}

    def fetch(conversation, _tag, command):
        if mark in command and "3" in command.split()[2].split(","):
            raise Hangup
        return False

    scripted.answers["UID FETCH"] = fetch
    assert look() == 75
    assert (RawMessage.objects.count(), list(scripted.messages)) == (6, [3])


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answer=st.binary(max_size=200)
    | st.text('()[]{}<>"\\ *0123456789ABODYFETCHUIDNIL\r\n', max_size=200).map(str.encode),
    command=st.sampled_from(["CAPABILITY", "LIST", "SELECT", "UID SEARCH", "UID FETCH"]),
)
def test_any_answer_is_survived(scripted, watch, answer, command):
    def say(conversation, tag, _command):
        conversation.send(b"* " + answer + b"\r\n", f"{tag} OK done")
        raise Hangup

    scripted.messages = {1: letter(1)}
    scripted.answers = {command: say}
    assert watch().once() in (0, 75, 77)
