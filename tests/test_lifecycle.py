import itertools

import pytest
from django.db import connection

from submissions import lifecycle
from submissions.lifecycle import IllegalMove, StaleSubmission, TooLate
from submissions.models import Event, Party, QueueCount
from submissions.states import MOVES, State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def test_move_writes_state_event_and_counts():
    submission = factories.make_submission(State.QUEUED)
    editor = factories.make_user()

    event = lifecycle.move(submission, State.SHORTLISTED, by=editor, expecting=submission.version)

    submission.refresh_from_db()
    assert (submission.state, event.action, event.user) == ("shortlisted", "shortlist", editor)
    assert QueueCount.objects.get(kind="letter", state="shortlisted").count == 1
    assert QueueCount.objects.get(kind="letter", state="queued").count == 0


def test_move_with_old_version_is_refused():
    submission = factories.make_submission(State.QUEUED)
    with pytest.raises(StaleSubmission):
        lifecycle.move(submission, State.SHORTLISTED, by=Party.SYSTEM, expecting=submission.version - 1)
    assert Event.objects.filter(action="shortlist").count() == 0


@pytest.mark.parametrize(("current", "to"), list(itertools.product(State, State)))
def test_only_the_tables_moves_are_legal(current, to):
    legal = to in MOVES[current]
    assert (lifecycle.action_for(current, to) is not None) == legal


def test_undo_restores_the_state_before():
    submission = factories.make_submission(State.QUEUED)
    editor = factories.make_user()
    lifecycle.move(submission, State.DECLINED, by=editor, expecting=submission.version)

    lifecycle.undo(submission, by=editor, expecting=submission.version)

    submission.refresh_from_db()
    assert submission.state == State.QUEUED
    with pytest.raises(TooLate):
        lifecycle.undo(submission, by=editor, expecting=submission.version)


def test_illegal_move_is_refused():
    submission = factories.make_submission(State.DECLINED)
    with pytest.raises(IllegalMove):
        lifecycle.move(submission, State.PUBLISHED, by=Party.SYSTEM, expecting=submission.version)


@pytest.mark.django_db(transaction=True)
def test_events_cannot_be_rewritten_after_a_transactional_test():
    factories.make_house()
    factories.make_submission()
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE submissions_event SET action = 'spam'")
