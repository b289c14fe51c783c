import logging

import pytest
from celery import current_app
from django.db import connection, transaction

from submissions import doorbell, tasks
from submissions.doorbell import STAGES, ring
from submissions.models import Party, QueueCount
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rung(monkeypatch):
    """The names of the tasks that were rung, in order."""
    names = []
    monkeypatch.setattr(current_app._get_current_object(), "send_task", names.append)
    return names


def task(stage):
    return f"submissions.{stage}.tasks.{stage}"


def ring_in_vain(stage):
    """Ring in a block that is rolled back."""
    with transaction.atomic():
        ring(stage)
        transaction.set_rollback(True)


def test_ring_is_heard_only_once_the_transaction_commits(rung):
    with transaction.atomic():
        ring("screening")
        assert rung == []
    assert rung == [task("screening")]


def test_ring_outside_a_transaction_is_heard_at_once(rung):
    ring("notifications")
    assert rung == [task("notifications")]


def test_rings_of_one_commit_are_one_for_each_stage(rung):
    with transaction.atomic():
        for _ in range(3):
            ring("screening")
            ring("notifications")
    assert rung == [task("screening"), task("notifications")]


def test_two_commits_ring_twice(rung):
    for _ in range(2):
        with transaction.atomic():
            ring("intake")
    assert rung == [task("intake")] * 2


def test_ring_of_what_was_rolled_back_is_not_heard(rung):
    ring_in_vain("intake")
    assert rung == []


def test_ring_lost_with_an_inner_block_does_not_silence_a_later_one(rung):
    with transaction.atomic():
        ring_in_vain("intake")
        ring("intake")
    assert rung == [task("intake")]


def test_ring_inside_a_block_that_later_fails_is_heard_from_outside_it(rung):
    with transaction.atomic():
        ring("intake")
        ring_in_vain("intake")
    assert rung == [task("intake")]


def test_unknown_stage_cannot_be_rung():
    with pytest.raises(KeyError):
        ring("printing")


def test_broken_broker_never_fails_the_commit(monkeypatch, caplog):
    def broken(_name):
        raise OSError("no such broker, and here is a secret")

    monkeypatch.setattr(current_app._get_current_object(), "send_task", broken)
    with caplog.at_level(logging.WARNING), transaction.atomic():
        QueueCount.objects.create(kind="letter", state="queued", count=1)
        ring("screening")
    assert QueueCount.objects.count() == 1
    assert [record.getMessage() for record in caplog.records] == [
        "the doorbell of screening is out of order (OSError); the sweep will ring"
    ]


def test_arrival_rings_screening_once(rung):
    factories.make_house()
    submission = factories.make_submission(State.RECEIVED)
    assert (submission.events.get().party, rung) == (Party.WRITER, [task("screening")])


def test_sweep_rings_every_stage_once(rung):
    tasks.sweep()
    assert rung == [task(stage) for stage in STAGES]


def test_every_stage_has_the_task_that_is_rung():
    current_app.loader.import_default_modules()
    assert {task(stage) for stage in STAGES} <= set(current_app.tasks)


def test_bells_hang_for_every_stage():
    assert tuple(doorbell._BELLS) == STAGES
    assert connection.run_on_commit == []
