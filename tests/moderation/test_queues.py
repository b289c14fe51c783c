import pytest

from submissions.models import Kind
from submissions.moderation.queues import QUEUES, counts_for, queue_of
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("state", list(State))
def test_every_submission_stands_in_a_queue(state, kind, house):
    submission = factories.make_submission(kind=kind)
    submission.state = state
    queue = queue_of(submission)
    assert queue.slug != "all" or (kind, state) == (Kind.UNSORTED, state)
    assert state in queue.states


def test_counts_are_of_visible_kinds_only(letters_editor, chief):
    for kind in Kind:
        factories.make_submission(State.QUEUED, kind=kind)
    mine = factories.make_submission(State.SHORTLISTED)
    mine.assignee = letters_editor
    mine.save(update_fields=["assignee"])

    shown = {queue.slug: count for queue, count in counts_for(letters_editor)}

    assert {slug: shown[slug] for slug in ("new", "unsorted", "mine", "shortlist", "all")} == {
        "new": 1,
        "unsorted": 1,
        "mine": 1,
        "shortlist": 1,
        "all": 3,
    }
    assert {queue.slug: count for queue, count in counts_for(chief)}["new"] == 2


def test_arriving_is_shown_only_while_something_arrives(letters_editor):
    assert "arriving" not in [queue.slug for queue, _ in counts_for(letters_editor)]
    factories.make_submission(State.RECEIVED)
    assert next((queue.slug, count) for queue, count in counts_for(letters_editor)) == ("arriving", 1)


def test_the_queues_of_the_design_are_there():
    assert list(QUEUES) == [
        "arriving",
        "unsorted",
        "unconfirmed",
        "new",
        "mine",
        "shortlist",
        "editing",
        "held",
        "proofs",
        "ready",
        "scheduled",
        "published",
        "spam",
        "declined",
        "withdrawn",
        "all",
    ]
