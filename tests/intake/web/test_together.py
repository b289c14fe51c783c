import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DataError, OperationalError, connection, transaction

from submissions import doorbell
from submissions.intake.receive import File
from submissions.intake.web import together
from submissions.intake.web.together import Waiting, receive_together
from submissions.models import QueueCount, Submission, Writer
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _house():
    factories.make_house()


@pytest.fixture
def turn(monkeypatch):
    """A line and a turn of this test's own."""
    turn = threading.Lock()
    monkeypatch.setattr(together, "_turn", turn)
    monkeypatch.setattr(together, "_line", [])
    return turn


def send(arrival):
    try:
        return receive_together(arrival)
    except Exception as error:
        return error
    finally:
        connection.close()


def at_once(turn, arrivals):
    """Send arrivals while the turn is held, so that all of them wait; then let go."""
    with ThreadPoolExecutor(len(arrivals)) as threads:
        with turn:
            answers = [threads.submit(send, arrival) for arrival in arrivals]
            while len(together._line) < len(arrivals):
                pass
        return [answer.result() for answer in answers]


def test_those_who_wait_share_a_transaction_and_a_ring(turn, monkeypatch):
    rings = []
    monkeypatch.setitem(doorbell._BELLS, "screening", lambda: rings.append("screening"))
    arrivals = [factories.make_arrival(email=f"{n}@example.org", body=f"Letter {n}.") for n in range(6)]
    submissions = at_once(turn, arrivals)
    assert [submission.current.body for submission in submissions] == [arrival.body for arrival in arrivals]
    assert [submission.writer.email for submission in submissions] == [arrival.email for arrival in arrivals]
    assert QueueCount.objects.get(kind="letter", state="received").count == 6
    assert rings == ["screening"]


def test_same_letter_twice_in_the_line_is_one(turn):
    arrival = factories.make_arrival()
    submissions = at_once(turn, [arrival, arrival, factories.make_arrival(body="Another.")])
    assert submissions[0] == submissions[1]
    assert (Submission.objects.count(), Writer.objects.count()) == (2, 1)


def test_letter_known_already_does_not_fail_its_fellows(turn):
    known = receive_together(factories.make_arrival(identity="a" * 64))
    answers = at_once(turn, [factories.make_arrival(identity="a" * 64), factories.make_arrival()])
    assert (answers[0], answers[1] != known, Submission.objects.count()) == (known, True, 2)


def test_letter_that_cannot_be_stored_fails_alone(turn, monkeypatch):
    real = together.receive

    def refuse(arrivals, *, by):
        raise DataError

    def picky(arrival, *, by):
        if arrival.body == "Bad.":
            raise DataError("not this one")
        return real(arrival, by=by)

    monkeypatch.setattr(together, "receive_all", refuse)
    monkeypatch.setattr(together, "receive", picky)
    bad, good = at_once(turn, [factories.make_arrival(body="Bad."), factories.make_arrival(body="Good.")])
    assert (str(bad), good.current.body) == ("not this one", "Good.")


def test_database_that_is_gone_fails_all_of_them_at_once(turn, monkeypatch):
    tries = []

    def gone(arrivals, *, by):
        tries.append(len(arrivals))
        raise OperationalError("gone")

    monkeypatch.setattr(together, "receive_all", gone)
    answers = at_once(turn, [factories.make_arrival() for _ in range(3)])
    assert ([str(answer) for answer in answers], tries) == (["gone"] * 3, [3])


def test_long_line_is_written_in_several_turns(turn, monkeypatch):
    monkeypatch.setattr(together, "MOST", 2)
    submissions = at_once(turn, [factories.make_arrival(body=f"Letter {n}.") for n in range(5)])
    assert len({submission.pk for submission in submissions}) == 5


def test_nobody_waits_for_ever(turn, monkeypatch):
    monkeypatch.setattr(together, "PATIENCE", 0.01)
    with turn:
        answer = send(factories.make_arrival())
    assert (str(answer), together._line) == ("the database was busy for too long", [])
    assert Submission.objects.count() == 0


def test_letter_that_is_being_written_is_waited_for(turn, monkeypatch):
    monkeypatch.setattr(together, "PATIENCE", 0.05)
    submission = factories.make_submission()
    with ThreadPoolExecutor(1) as threads:
        with turn:
            answer = threads.submit(send, factories.make_arrival())
            while not together._line:
                pass
            together._line.pop().submission = submission
            time.sleep(0.1)
        assert answer.result() == submission


def test_letter_whose_writer_thread_died_is_not_said_to_be_received():
    with pytest.raises(OperationalError, match="did not finish"):
        Waiting(factories.make_arrival()).outcome()


def test_files_are_flushed_before_the_turn(turn):
    file = File(name="a.txt", content=b"words", media_type="text/plain")
    (submission,) = at_once(turn, [factories.make_arrival(files=(file,))])
    assert [row.name for row in submission.attachments.all()] == ["a.txt"]


def test_inside_a_transaction_a_letter_goes_alone(turn):
    with transaction.atomic(), turn:
        assert receive_together(factories.make_arrival()).state == "received"
