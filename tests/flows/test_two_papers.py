"""Two installations write to each other: however much the servers between them take away, they soon fall silent."""

import email
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from celery import current_app
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import find_mailbox
from submissions.models import Door, Paper, RawMessage
from submissions.models.house_policy import forget_kept_policies
from submissions.models.paper import forget_kept_paper
from submissions.notifications.policy import ANSWERS_A_DAY
from tests import factories
from tests.flows.people import work
from tests.intake.email.mails import mail

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="each installation has a SQLite file of its own"),
]

SENDER = []
"""The least that a hosted server does: it puts an address of its own in place of the null sender."""
AUTOMATIC = [*SENDER, "Auto-Submitted", "X-Auto-Response-Suppress"]
THREAD = [*AUTOMATIC, "In-Reply-To", "References"]
EVERYTHING = [*THREAD, "X-Loop", "Message-ID"]


@dataclass(frozen=True)
class Installation:
    """One of two newspapers in this process: its own secret, addresses, folder and database."""

    name: str
    folder: Path

    @property
    def address(self) -> str:
        return f"letters@{self.name}.example"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let everything in the block happen at this installation."""
        before = connections["default"]
        own = type(before)({**before.settings_dict, "NAME": str(self.folder / "mailbag.sqlite3")}, "default")
        connections["default"] = own
        forget_kept_policies()
        forget_kept_paper()
        try:
            with override_settings(
                SECRET_KEY=f"the secret of {self.name}",
                INTAKE_ADDRESSES=[f"{self.address}=letter"],
                OUTBOX_DIR=self.folder / "outbox",
                EMAIL_BACKEND="submissions.notifications.backends.FileBackend",
            ):
                yield
        finally:
            connections["default"] = before
            forget_kept_policies()
            forget_kept_paper()
            own.close()

    def found(self) -> None:
        """Begin: with the tables of the test's database, and a house of its own in them."""
        self.folder.mkdir()
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as tables,
            closing(sqlite3.connect(self.folder / "mailbag.sqlite3")) as copy,
        ):
            tables.backup(copy)
        with self.at_work():
            factories.make_house()
            Paper.objects.update(name=self.name, reply_address=self.address)
            forget_kept_paper()

    def receive(self, raw: bytes, sender: str) -> list[bytes]:
        """Take a mail in, let the workers work, and return what leaves."""
        with self.at_work():
            mailbox = find_mailbox(self.address)
            assert mailbox
            accept(Envelope(door=Door.LMTP, sender=sender, mailboxes=(mailbox,)), raw)
            work()
            assert not RawMessage.objects.awaiting_parse().exists()
        sent = sorted((self.folder / "outbox").glob("*.eml"))
        leaving = [path.read_bytes() for path in sent]
        for path in sent:
            path.unlink()
        return leaving


@pytest.fixture
def papers(tmp_path, monkeypatch):
    monkeypatch.setattr(current_app._get_current_object(), "send_task", lambda name: None)
    both = Installation("star", tmp_path / "star"), Installation("post", tmp_path / "post")
    for one in both:
        one.found()
    return both


def on_the_road(raw: bytes, sender: str, taken: list[str] | None) -> tuple[bytes, str]:
    """Return a mail and its envelope sender as they arrive; None: as they were sent."""
    _, _, raw = raw.partition(b"\r\n")  # our file's own lines about the envelope
    _, _, raw = raw.partition(b"\r\n")
    if taken is None:
        return raw, ""
    message = email.message_from_bytes(raw)
    for name in taken:
        del message[name]
    return message.as_bytes(), sender


def conversation(papers, taken: list[str] | None, pause: timedelta, rounds: int = 12) -> Counter[str]:
    """Play a letter to the first in the second's name and all that follows; return how many mails each one sent."""
    here, there = papers
    sent: Counter[str] = Counter()
    at = timezone.now()
    waiting = [(mail("A letter.", From=there.address), there.address)]
    for _ in range(rounds):
        with time_machine.travel(at, tick=True):
            left = [found for raw, sender in waiting for found in here.receive(raw, sender)]
        sent[here.name] += len(left)
        assert all(f"\r\nTo: {there.address}\r\n".encode() in raw for raw in left)
        waiting = [on_the_road(raw, here.address, taken) for raw in left]
        here, there, at = there, here, at + pause
    return +sent


@pytest.mark.parametrize(
    ("taken", "pause", "sent"),
    [
        (None, timedelta(hours=2), {"star": 1}),
        (SENDER, timedelta(hours=2), {"star": 1}),
        (AUTOMATIC, timedelta(hours=2), {"star": 1}),
        (THREAD, timedelta(hours=2), {"star": 1}),
        ([*AUTOMATIC, "X-Loop"], timedelta(hours=2), {"star": 1, "post": 1}),
        (EVERYTHING, timedelta(minutes=2), {"star": 1, "post": 1}),
    ],
    ids=["as sent", "sender", "automatic", "thread", "mark, not thread", "everything"],
)
def test_two_installations_answer_each_other_once_at_most(papers, taken, pause, sent):
    assert conversation(papers, taken, pause) == sent


def test_a_loop_that_no_sign_survives_ends_with_the_days_answers(papers):
    sent = conversation(papers, EVERYTHING, timedelta(minutes=61), rounds=23)
    assert sent == {"star": ANSWERS_A_DAY, "post": ANSWERS_A_DAY}


def test_our_own_mail_is_known_when_it_comes_back_from_the_road(papers):
    here, there = papers
    (answer,) = here.receive(mail("A letter.", From=there.address), there.address)
    raw, _ = on_the_road(answer, here.address, THREAD)
    assert here.receive(raw, there.address) == []
    with here.at_work():
        assert list(RawMessage.objects.order_by("pk").values_list("outcome", "reason")) == [
            ("submission", ""),
            ("loop", "x_loop"),
        ]
