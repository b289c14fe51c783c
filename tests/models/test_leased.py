import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from submissions.models import RawMessage
from submissions.models.leased import complete, free, lease


def make_messages(number):
    return [RawMessage.objects.create(door="pipe", kind="letter", sha256=f"{n:064}", size=1) for n in range(number)]


def waiting():
    return RawMessage.objects.awaiting_parse()


@pytest.mark.django_db(transaction=True)
def test_lease_takes_the_oldest_and_counts_the_attempt():
    messages = make_messages(3)
    leased = lease(waiting(), 2, 60)
    assert [(row.pk, row.attempts) for row in leased] == [(messages[0].pk, 1), (messages[1].pk, 1)]
    assert len({row.lease_token for row in leased}) == 1


@pytest.mark.django_db(transaction=True)
def test_leased_rows_are_nobody_elses_until_the_lease_runs_out():
    make_messages(2)
    with time_machine.travel("2026-07-01 12:00+00:00", tick=False) as clock:
        assert len(lease(waiting(), 5, 60)) == 2
        clock.shift(59)
        assert (lease(waiting(), 5, 60), RawMessage.objects.filter(free()).count()) == ([], 0)
        clock.shift(1)
        assert [row.attempts for row in lease(waiting(), 5, 60)] == [2, 2]


@pytest.mark.django_db(transaction=True)
def test_lease_of_nothing_is_empty():
    assert lease(waiting(), 5, 60) == []


@pytest.mark.django_db(transaction=True)
def test_lease_is_refused_inside_a_transaction():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        lease(waiting(), 5, 60)


@pytest.mark.django_db(transaction=True)
def test_complete_gives_the_row_back_with_its_outcome():
    make_messages(1)
    (row,) = lease(waiting(), 1, 60)
    assert complete(row, outcome="quarantine", reason="odd")
    row.refresh_from_db()
    assert (row.outcome, row.reason, row.lease_token, row.leased_until) == ("quarantine", "odd", None, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("token", [None, uuid.uuid4()])
def test_complete_with_a_token_that_is_no_longer_the_rows_changes_nothing(token):
    make_messages(1)
    (row,) = lease(waiting(), 1, 60)
    RawMessage.objects.update(lease_token=token, leased_until=timezone.now() + timedelta(seconds=9))
    assert not complete(row, outcome="quarantine", reason="odd")
    assert RawMessage.objects.get().outcome == "waiting"


@pytest.mark.django_db(transaction=True)
def test_complete_of_a_row_that_was_never_leased_changes_nothing():
    (row,) = make_messages(1)
    assert not complete(row, outcome="quarantine", reason="odd")
    assert RawMessage.objects.get().outcome == "waiting"


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_never_hold_the_same_row():
    make_messages(40)
    held, start = [], threading.Barrier(4)

    def work():
        start.wait()
        while rows := lease(waiting(), 3, 60):
            held.extend(row.pk for row in rows)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(held) == [row.pk for row in waiting()]
    assert set(waiting().values_list("attempts", flat=True)) == {1}
