import io
import os
import signal
import smtplib
import socket
import threading
import time
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from submissions.models import Outcome, RawMessage
from tests.intake.email.mails import LETTERS, arrive, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def stdin(monkeypatch):
    """Put bytes on standard input, and nothing into the environment."""
    for name in ("ORIGINAL_RECIPIENT", "RECIPIENT", "SENDER"):
        monkeypatch.delenv(name, raising=False)
    return lambda raw: monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))


def test_ingest_takes_recipient_and_sender_from_options(stdin):
    stdin(mail())
    call_command("ingest", "-r", LETTERS, "-f", "<a@b.example>")
    assert RawMessage.objects.get().envelope_from == "a@b.example"


@pytest.mark.parametrize(("sender", "kept"), [(None, None), ("", ""), ("a@b.example", "a@b.example")])
def test_ingest_takes_recipient_and_sender_from_the_environment(stdin, monkeypatch, sender, kept):
    stdin(mail())
    monkeypatch.setenv("ORIGINAL_RECIPIENT", "opinion+x@wyomingstar.example")
    monkeypatch.setenv("RECIPIENT", "someone@else.example")
    if sender is not None:
        monkeypatch.setenv("SENDER", sender)
    call_command("ingest")
    row = RawMessage.objects.get()
    assert (row.envelope_to, row.envelope_from) == ("opinion@wyomingstar.example", kept)


@pytest.mark.parametrize(
    ("raw", "options", "code"), [(b"", ["-r", LETTERS], 65), (mail(), ["-r", "x@y"], 67), (mail(), [], 64)]
)
def test_ingest_answers_with_sysexits(stdin, raw, options, code):
    stdin(raw)
    with pytest.raises(CommandError) as refused:
        call_command("ingest", *options)
    assert refused.value.returncode == code


def test_ingest_documents_its_exit_codes(capsys):
    with pytest.raises(SystemExit):
        call_command("ingest", "--help")
    assert "  75  disk or database cannot take it just now: try again\n" in capsys.readouterr().out


def _quarantined() -> RawMessage:
    message = arrive(mail())
    RawMessage.objects.filter(pk=message.pk).update(
        outcome=Outcome.QUARANTINE, attempts=3, reason="ValueError in x.py:1"
    )
    return message


def test_replay_lists_what_is_in_quarantine(capsys):
    message = _quarantined()
    call_command("replay")
    assert capsys.readouterr().out == f"{message.pk}  {message.received_at:%Y-%m-%d %H:%M}  ValueError in x.py:1\n"


@pytest.mark.parametrize("everything", [True, False])
def test_replay_puts_messages_back(capsys, everything):
    message, other = _quarantined(), _quarantined()
    call_command("replay", *(["--all"] if everything else [str(message.pk)]))
    waiting = RawMessage.objects.filter(outcome=Outcome.WAITING)
    assert set(waiting) == ({message, other} if everything else {message})
    assert capsys.readouterr().out == f"{2 if everything else 1} message(s) will be read anew.\n"


def test_replay_of_what_is_not_in_quarantine_changes_nothing():
    message, other = _quarantined(), arrive(mail())
    with pytest.raises(CommandError, match=f"Not in quarantine: {other.pk}"):
        call_command("replay", str(message.pk), str(other.pk))
    message.refresh_from_db()
    assert message.outcome == Outcome.QUARANTINE


def test_lmtp_wants_a_port():
    with pytest.raises(CommandError, match="HOST:PORT"):
        call_command("lmtp", "--listen", "nonsense")


@pytest.mark.protocol
@pytest.mark.django_db(transaction=True)
def test_lmtp_says_that_its_port_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cannot listen on 127.0.0.1:{port}: .*in use"):
            call_command("lmtp", "--listen", f"127.0.0.1:{port}")


@pytest.mark.protocol
@pytest.mark.django_db(transaction=True)
def test_lmtp_takes_mail_until_it_is_told_to_stop(capsys):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    thread = threading.Thread(target=_deliver_and_stop, args=(port,))
    thread.start()
    call_command("lmtp", "--listen", f"127.0.0.1:{port}")
    thread.join()
    assert RawMessage.objects.count() == 1
    assert capsys.readouterr().out == (
        f"Mail is taken on 127.0.0.1:{port} (LMTP and SMTP).\nMail is closed; nothing was left unanswered.\n"
    )


def _deliver_and_stop(port: int) -> None:
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.sendmail("w.prairie@example.org", [LETTERS], mail())
    os.kill(os.getpid(), signal.SIGTERM)
