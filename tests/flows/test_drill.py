"""The drill: the broker goes and the worker is killed in the middle; nothing is lost, hardly anything doubled."""

import shutil
import smtplib
import threading
from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from submissions.models import Notification, RawMessage, Submission
from submissions.models.notification import Owed
from submissions.states import State
from tests import factories
from tests.engines import free_port
from tests.flows.processes import House, eventually

pytestmark = [pytest.mark.protocol, pytest.mark.django_db(transaction=True)]

LETTERS = 200


class MailServer:
    """A mail server that takes everything."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 aiosmtpd's spelling
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def mail_server():
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def drilled(tmp_path, mail_server):
    factories.make_house()
    house = House(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}")
    yield house
    house.stop()


def letter(number):
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Reader {number} <reader{number}@example.org>", "letters@wyomingstar.example"
    mail["Subject"], mail["Message-ID"] = f"Letter {number}", f"<{number}@example.org>"
    mail.set_content(f"Letter number {number} about the footbridge that was closed.\n")
    return mail


def send_letters(port, halfway):
    with smtplib.LMTP("127.0.0.1", port) as client:
        for number in range(LETTERS):
            client.send_message(letter(number), f"reader{number}@example.org", ["letters@wyomingstar.example"])
            if number == LETTERS // 2:
                halfway.set()


def test_lost_broker_and_killed_worker_lose_nothing(drilled, mail_server):
    drilled.start("lmtp", "worker")
    halfway = threading.Event()
    sender = threading.Thread(target=send_letters, args=(drilled.mail_port, halfway))
    sender.start()
    assert halfway.wait(60)
    eventually(60, lambda: len(mail_server.taken) > 5, every=0.01)

    shutil.rmtree(drilled.folder / "broker")
    drilled.kill("worker")
    sender.join(60)
    assert RawMessage.objects.count() == LETTERS
    left = LETTERS - Notification.objects.filter(state=Owed.SENT).count()
    drilled.start("worker")

    eventually(60, lambda: Notification.objects.filter(state=Owed.SENT).count() == LETTERS)
    assert left > 0
    assert set(Submission.objects.values_list("state", flat=True)) == {State.UNCONFIRMED}
    assert Submission.objects.count() == LETTERS
    sent = Counter((mail["To"], mail["Message-ID"]) for mail in mail_server.taken)
    assert len(sent) == len({to for to, _ in sent}) == LETTERS
    assert sum(sent.values()) - LETTERS <= 1


def test_running_worker_survives_the_loss_of_its_broker(drilled, mail_server):
    drilled.start("lmtp", "worker")
    eventually(30, lambda: "ready" in drilled.log("worker"))
    shutil.rmtree(drilled.folder / "broker")
    with smtplib.LMTP("127.0.0.1", drilled.mail_port) as client:
        client.send_message(letter(1), "reader1@example.org", ["letters@wyomingstar.example"])
    eventually(10, lambda: len(mail_server.taken) == 1)
    assert drilled.processes["worker"].poll() is None
