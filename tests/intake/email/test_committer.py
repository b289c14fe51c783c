import asyncio
import threading

import pytest
from django.db import OperationalError

from submissions.intake.email import committer
from submissions.intake.email.accept import Envelope, rows_for
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.email.committer import Committer, store_each
from submissions.intake.email.spool import contain
from submissions.models import Door, RawMessage
from tests.intake.email.mails import LETTERS, mail

pytestmark = pytest.mark.django_db(transaction=True)


def _rows(text: str = "x", **fields: object) -> list[RawMessage]:
    envelope = Envelope(door=Door.LMTP, sender="", mailboxes=(find_mailbox(LETTERS),))
    rows = rows_for(envelope, contain(mail(text)))
    for name, value in fields.items():
        setattr(rows[0], name, value)
    return rows


def test_messages_share_a_commit(django_assert_num_queries):
    with django_assert_num_queries(3):  # BEGIN, INSERT, COMMIT
        assert store_each([_rows("one"), _rows("two")]) == [None, None]
    assert RawMessage.objects.count() == 2


def test_a_bad_message_fails_alone():
    errors = store_each([_rows("one"), _rows("bad", outcome="nonsense"), _rows("three")])
    assert [type(error).__name__ for error in errors] == ["NoneType", "IntegrityError", "NoneType"]
    assert RawMessage.objects.count() == 2


def test_a_single_bad_message_is_not_tried_twice():
    assert [type(error).__name__ for error in store_each([_rows(outcome="nonsense")])] == ["IntegrityError"]


def test_a_database_that_is_away_is_not_waited_for_by_each(monkeypatch):
    calls = []

    def away(_rows):
        calls.append(1)
        raise OperationalError

    monkeypatch.setattr(committer, "store", away)
    monkeypatch.setattr(committer, "PATIENCE", 0)
    errors = store_each([_rows(), _rows(), _rows()])
    assert [type(error) for error in errors] == [OperationalError] * 3
    assert len(calls) == 2


def test_deliveries_at_once_are_one_commit_and_one_ring(monkeypatch):
    batches, rings = [], []
    monkeypatch.setattr(committer, "store_each", lambda batch: batches.append(len(batch)) or [None] * len(batch))
    monkeypatch.setattr(committer, "ring", rings.append)
    monkeypatch.setattr(committer, "GATHER", 5)

    async def deliver():
        bank = Committer()
        task = asyncio.create_task(bank.run())
        with bank.expecting():
            first = asyncio.create_task(bank.store(_rows()))
            await asyncio.sleep(0.01)
            others = [asyncio.create_task(bank.store(_rows())) for _ in range(2)]
            await asyncio.sleep(0)
        await asyncio.gather(first, *others)
        await asyncio.sleep(0.05)
        task.cancel()
        bank.thread.shutdown()

    asyncio.run(deliver())
    assert (batches, rings) == ([3], ["intake"])


def test_more_than_a_batch_is_several_commits(monkeypatch):
    batches = []
    monkeypatch.setattr(committer, "store_each", lambda batch: batches.append(len(batch)) or [None] * len(batch))
    monkeypatch.setattr(committer, "BATCH", 2)
    monkeypatch.setattr(committer, "ring", lambda stage: None)
    asyncio.run(_store_all(5))
    assert batches == [2, 2, 1]


async def _store_all(count: int) -> None:
    bank = Committer()
    waiting = asyncio.gather(*(bank.store(_rows()) for _ in range(count)))
    await asyncio.sleep(0)
    task = asyncio.create_task(bank.run())
    await waiting
    task.cancel()
    bank.thread.shutdown()


def test_a_client_that_left_does_not_stop_the_others(monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(committer, "ring", lambda stage: None)
    monkeypatch.setattr(committer, "store_each", lambda batch: go.wait(5) and [None] * len(batch))

    async def deliver():
        bank = Committer()
        task = asyncio.create_task(bank.run())
        gone, other = asyncio.create_task(bank.store(_rows())), asyncio.create_task(bank.store(_rows()))
        await asyncio.sleep(0.02)
        gone.cancel()
        go.set()
        await other
        task.cancel()
        bank.thread.shutdown()
        return gone.cancelled()

    assert asyncio.run(deliver())
