"""Owed mails and servers for tests of the outbox."""

import smtplib
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend

from submissions.models import Notification, Paper
from submissions.notifications.outbox import owe
from submissions.notifications.render import render
from submissions.states import State
from tests import factories


def owe_one(n=1, template="acknowledgement", **mail):
    """An owed mail about a letter of its own."""
    submission = mail.pop("submission", None) or factories.make_submission(
        State.UNCONFIRMED, body=f"Text {n}", email=f"writer{n}@example.org"
    )
    return owed_row(template, **{"to": submission.email, "key": f"{template}:{n}", "submission": submission, **mail})


def owed_row(template, **mail):
    """The row of a mail that is owed, without a ring."""
    owe(template, Paper.current(), **mail)
    return Notification.objects.get(key=mail["key"])


def mail_of(row):
    """The mail that a row becomes."""
    return render(row)


def standing(*fields):
    """What stands in the outbox, oldest first."""
    return list(Notification.objects.order_by("pk").values_list(*fields, flat=len(fields) == 1))


class FailingBackend(BaseEmailBackend):
    """Fails as it is told: `failures` maps a recipient to an exception; `connect` is raised on opening."""

    failures: dict = {}
    connect = None
    sent: list = []
    opened = 0

    def open(self):
        FailingBackend.opened += 1
        if self.connect:
            raise self.connect
        return True

    def send_messages(self, messages):
        for message in messages:
            failure = self.failures.get(message.to[0])
            if failure:
                raise failure
            self.sent.append(message)
        return len(messages)


def refused(code, address="writer1@example.org"):
    return smtplib.SMTPRecipientsRefused({address: (code, b"their words")})


class Sink:
    """An SMTP server that keeps what it gets; `answer` maps a command (RCPT, DATA) to a reply."""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.got = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        answer = self.answers.get("DATA", "250 OK")
        return await answer(server) if callable(answer) else answer


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def smtp_sink(settings, answers=None):
    """A real SMTP server on loopback, with the settings pointing at it."""
    sink = Sink(answers)
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.EMAIL_BACKEND = "submissions.notifications.backends.SmtpBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = controller.port
        settings.EMAIL_TIMEOUT = 5
        yield sink
    finally:
        controller.stop()
