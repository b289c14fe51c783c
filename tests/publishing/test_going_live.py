from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from submissions.models import Disclaimer, Note, Publication, Submission
from submissions.publishing import going_live
from submissions.publishing.actions import publish, schedule
from submissions.publishing.tasks import publishing
from submissions.states import Action, State
from tests.factories import make_user
from tests.publishing.pieces import make_ready_piece

pytestmark = pytest.mark.usefixtures("house")

HOUR = timedelta(hours=1)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2030-01-02T02:04:00-07:00", tick=False)
    return time_machine


def make_scheduled(**fields):
    piece = make_ready_piece(**fields)
    at = timezone.now() + HOUR
    schedule(piece, by=make_user(name=f"editor{piece.pk}"), expecting=piece.version, at=at)
    return piece


def test_scheduled_piece_goes_live_when_its_time_has_come(clock):
    piece = make_scheduled()
    clock.shift(HOUR)

    publishing()

    piece.refresh_from_db()
    assert piece.state == State.PUBLISHED
    assert piece.lease_token is None
    assert piece.events.last().party == "system"


def test_scheduled_piece_waits_for_its_time():
    make_scheduled()

    publishing()

    assert not Publication.objects.exists()


def test_piece_that_may_not_go_out_goes_back_with_a_note(clock):
    piece = make_scheduled()
    Disclaimer.objects.update(active=False)
    clock.shift(HOUR)

    publishing()

    piece.refresh_from_db()
    event = piece.events.last()
    assert (piece.state, piece.lease_token) == (State.READY, None)
    assert (event.action, event.data["reason"]) == (Action.UNSCHEDULE, "not_publishable")
    assert Note.objects.get().text == (
        "It could not go live on 2 January 2030, 03:04: "
        "No disclaimer applies to it: a chief editor must put one in force."
    )


def test_long_line_of_pieces_is_handed_on(clock, monkeypatch):
    rung = []
    monkeypatch.setattr(going_live, "AT_ONCE", 1)
    monkeypatch.setattr(going_live, "AT_WORK", -1.0)
    monkeypatch.setattr(going_live, "ring", rung.append)
    make_scheduled()
    make_scheduled()
    clock.shift(HOUR)

    publishing()

    assert Publication.objects.count() == 1
    assert rung == ["publishing"]


def break_for(monkeypatch, broken):
    def publish_or_break(submission, **kwargs):
        if submission.pk == broken.pk:
            raise OperationalError("the very words of a letter")
        return publish(submission, **kwargs)

    monkeypatch.setattr(going_live, "publish", publish_or_break)


def test_piece_that_fails_never_stops_the_others(clock, monkeypatch, caplog):
    first, second = make_scheduled(), make_scheduled()
    break_for(monkeypatch, first)
    clock.shift(HOUR)

    publishing()

    assert Publication.objects.get().submission == second
    assert caplog.messages == [f"submission {first.pk} could not go live (OperationalError)"]


def test_piece_that_fails_is_tried_again_later(clock, monkeypatch):
    piece = make_scheduled()
    break_for(monkeypatch, piece)
    clock.shift(HOUR)
    publishing()
    monkeypatch.undo()

    publishing()
    assert not Publication.objects.exists()

    clock.shift(timedelta(seconds=going_live.LEASE_SECONDS + 1))
    publishing()
    assert Publication.objects.get().submission == piece


def test_piece_that_keeps_failing_goes_back_with_a_note(clock, monkeypatch):
    piece = make_scheduled()
    break_for(monkeypatch, piece)
    clock.shift(HOUR + going_live.GIVE_UP_AFTER + timedelta(minutes=1))

    publishing()

    piece.refresh_from_db()
    assert piece.state == State.READY
    assert "Something went wrong (OperationalError)" in Note.objects.get().text


def test_piece_changed_as_it_goes_live_is_left_to_the_editor(clock, monkeypatch):
    piece = make_scheduled()
    clock.shift(HOUR)
    leased = going_live.lease

    def lease_and_change(*args):
        due = leased(*args)
        Submission.objects.filter(pk=piece.pk).update(version=99)
        return due

    monkeypatch.setattr(going_live, "lease", lease_and_change)

    publishing()

    assert not Publication.objects.exists()
