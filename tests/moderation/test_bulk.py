import pytest

from submissions.models import Kind, Notification
from submissions.moderation import actions
from submissions.states import State
from tests import factories
from tests.moderation.conftest import DESK

pytestmark = pytest.mark.django_db


def chosen(*submissions):
    return [f"{submission.pk}:{submission.version}" for submission in submissions]


def post(client, action, rows):
    return client.post(f"{DESK}bulk/?queue=new", {"action": action, "row": rows}, follow=True).content.decode()


def states(*submissions):
    for submission in submissions:
        submission.refresh_from_db()
    return [submission.state for submission in submissions]


def test_ticked_rows_are_decided_in_silence(desk):
    letters = [factories.make_submission(State.QUEUED) for _ in range(2)]
    page = post(desk, "decline", chosen(*letters))
    assert states(*letters) == [State.DECLINED, State.DECLINED]
    assert "2 declined in silence." in page
    assert not Notification.objects.filter(template="decline").exists()


def test_pinned_and_changed_rows_are_left_alone_and_named(desk, chief):
    pinned, changed, plain = (
        factories.make_submission(State.QUEUED, headline=word) for word in ("In danger", "Moved on", "")
    )
    actions.pin(pinned, by=chief)
    rows = chosen(pinned, changed, plain)
    actions.shortlist(changed, by=chief, expecting=changed.version)

    page = post(desk, "spam", rows)

    assert states(pinned, changed, plain) == [State.QUEUED, State.SHORTLISTED, State.SPAM]
    assert "Left alone: In danger: it is pinned as a safety case." in page
    assert "Left alone: Moved on: Somebody has changed this submission" in page
    assert "1 marked as spam." in page


def test_claiming_takes_what_is_free(desk, letters_editor, chief):
    free, taken = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED, headline="")
    actions.claim(taken, by=chief)
    page = post(desk, "claim", chosen(free, taken))
    free.refresh_from_db()
    assert free.assignee == letters_editor
    assert f"No. {taken.pk}: carla has just claimed it." in page


def test_rows_that_are_not_theirs_are_passed_over(desk):
    piece = factories.make_submission(State.QUEUED, kind=Kind.OPINION)
    post(desk, "spam", [*chosen(piece), "x:1", "1:x", "9" * 40])
    assert states(piece) == [State.QUEUED]


@pytest.mark.parametrize(("action", "rows"), [("spam", []), ("burn", ["1:1"])])
def test_nothing_ticked_says_what_to_do(desk, action, rows):
    assert "Tick the rows first" in post(desk, action, rows)


def test_who_may_only_look_decides_nothing(desk, letters_editor):
    group = letters_editor.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_submission"))
    assert desk.post(f"{DESK}bulk/", {"action": "spam", "row": ["1:1"]}).status_code == 403
