import asyncio
import email
from email import policy as email_policy

import pytest
from django.core.mail import EmailMessage, get_connection

from submissions.models import Notification
from submissions.notifications.deliver import deliver
from tests.notifications.mails import free_port, owe_one, smtp_sink, standing

pytestmark = [pytest.mark.django_db, pytest.mark.protocol]


@pytest.fixture(autouse=True)
def _house(house): ...


def test_mails_reach_a_real_server_with_their_envelopes(settings):
    first, second = owe_one(1), owe_one(2, template="decline", text="Grüße\n.\nEnd")
    with smtp_sink(settings) as sink:
        deliver()
    assert [(sender, to) for sender, to, _ in sink.got] == [
        ("<>", ["writer1@example.org"]),
        ("letters@wyomingstar.example", ["writer2@example.org"]),
    ]
    messages = [email.message_from_bytes(raw, policy=email_policy.default) for *_, raw in sink.got]
    assert [message["Message-ID"] for message in messages] == [first.message_id, second.message_id]
    assert "Grüße\n.\nEnd" in messages[1].get_body(["plain"]).get_content().replace("\r\n", "\n")
    assert standing("state") == ["sent", "sent"]


@pytest.mark.parametrize(
    ("answers", "state", "error"),
    [
        ({"RCPT": "550 5.1.1 no such user"}, "failed", "SMTPRecipientsRefused 550"),
        ({"RCPT": "450 4.2.0 greylisted"}, "owed", "SMTPRecipientsRefused 450"),
        ({"DATA": "554 5.7.1 spam"}, "failed", "SMTPDataError 554"),
        ({"DATA": "452 4.3.1 disk full"}, "owed", "SMTPDataError 452"),
    ],
)
def test_a_real_servers_refusals_are_understood(settings, answers, state, error):
    owe_one()
    with smtp_sink(settings, answers):
        deliver()
    assert standing("state", "error") == [(state, error)]


def test_a_server_out_of_reach_leaves_all_owed(settings):
    owe_one(1)
    owe_one(2)
    settings.EMAIL_BACKEND = "submissions.notifications.backends.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    deliver()
    assert standing("state", "error") == [("owed", "ConnectionRefusedError"), ("owed", "")]


def test_a_server_that_hangs_after_the_text_is_left_in_time(settings):
    async def hang(server):
        await asyncio.sleep(3)
        return "250 too late"

    owed = owe_one()
    with smtp_sink(settings, {"DATA": hang}) as sink:
        settings.EMAIL_TIMEOUT = 1
        deliver()
    assert standing("state", "error") == [("owed", "SMTPServerDisconnected")]
    assert owed.message_id.encode() in sink.got[0][2]


def test_the_time_limit_is_for_the_whole_message(settings):
    with smtp_sink(settings):
        connection = get_connection()
        connection.open()
        connection.timeout = 0.000001
        with pytest.raises(OSError, match="took too long"):
            connection.send_messages([EmailMessage("Hm", "Words", "a@b.example", ["c@d.example"])])
        connection.close()
    assert Notification.objects.count() == 0


def test_tls_connections_have_the_time_limit_too(settings):
    settings.EMAIL_BACKEND = "submissions.notifications.backends.SmtpBackend"
    settings.EMAIL_USE_SSL = True
    assert [base.__name__ for base in get_connection().connection_class.__mro__[:3]] == [
        "_Tls",
        "_Deadline",
        "SMTP_SSL",
    ]
