from collections import deque
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from submissions import lifecycle
from submissions.lifecycle import IllegalMove, StaleSubmission, TooLate
from submissions.models import Event, HeldFor, Kind, Notification, Party, QueueCount, Revision, Submission, Writer
from submissions.models.notification import Owed
from submissions.states import MOVES, Action, State, possible
from tests import factories

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.fixture
def editor():
    return factories.make_user()


def move(submission, to, by=Party.SYSTEM, **extra):
    """Move with what the state asks for."""
    needs = {State.HELD: {"reason": HeldFor.CALL}, State.SCHEDULED: {"until": TOMORROW}}.get(to, {})
    return lifecycle.move(submission, to, by=by, expecting=submission.version, **{**needs, **extra})


def path_to(state):
    """Return the shortest way of legal moves from received."""
    ways = deque([[State.RECEIVED]])
    while ways:
        way = ways.popleft()
        if way[-1] == state:
            return way[1:]
        ways.extend([*way, to] for to in MOVES[way[-1]] if to not in way)
    raise AssertionError(state)


def submission_in(state):
    submission = factories.make_submission(State.RECEIVED)
    for step in path_to(state):
        move(submission, step)
    return submission


def kept_counts():
    return {(row.kind, row.state): row.count for row in QueueCount.objects.exclude(count=0)}


def recount():
    rows = Submission.objects.values_list("kind", "state").annotate(Count("pk"))
    return {(kind, state): number for kind, state, number in rows}


def test_begin_writes_the_first_event_and_counts():
    submission = factories.make_submission(State.RECEIVED)
    event = submission.events.get()
    assert (event.action, event.party, event.from_state, event.to_state) == ("receive", "writer", "", "received")
    assert (event.data, kept_counts()) == ({"channel": "web"}, {("letter", "received"): 1})
    assert (submission.current.number, submission.version) == (0, 0)


def test_move_writes_state_event_and_counts(editor):
    submission = factories.make_submission(State.QUEUED)
    before = submission.version

    event = move(submission, State.SHORTLISTED, by=editor)

    submission.refresh_from_db()
    assert (submission.state, submission.version) == ("shortlisted", before + 1)
    assert (event.action, event.user, event.from_state, event.to_state) == (
        "shortlist", editor, "queued", "shortlisted",
    )  # fmt: skip
    assert kept_counts() == {("letter", "shortlisted"): 1}


def test_move_brings_the_callers_copy_up_to_date():
    submission = factories.make_submission(State.QUEUED)
    move(submission, State.HELD, until=TOMORROW)
    assert (submission.state, submission.came_from, submission.held_for, submission.held_until) == (
        State.HELD, State.QUEUED, HeldFor.CALL, TOMORROW,
    )  # fmt: skip
    known = Submission.objects.get(pk=submission.pk)
    assert (known.state, known.version, known.state_since) == (State.HELD, submission.version, submission.state_since)


def test_move_with_old_version_is_refused_and_changes_nothing():
    submission = factories.make_submission(State.QUEUED)
    with pytest.raises(StaleSubmission):
        lifecycle.move(submission, State.SHORTLISTED, by=Party.SYSTEM, expecting=submission.version - 1)
    assert Event.objects.filter(action="shortlist").count() == 0
    assert kept_counts() == recount() == {("letter", "queued"): 1}


def test_move_on_an_old_copy_is_refused():
    submission = factories.make_submission(State.QUEUED)
    old = Submission.objects.get(pk=submission.pk)
    move(submission, State.DECLINED)
    with pytest.raises(StaleSubmission):
        move(old, State.ACCEPTED)


@pytest.mark.parametrize("current", State)
def test_only_the_tables_moves_are_made(current):
    submission = submission_in(current)
    came_from = State(submission.came_from) if submission.came_from else None
    made = set()
    for to in State:
        submission.refresh_from_db()
        with transaction.atomic(), suppress(IllegalMove):
            event = move(submission, to)
            made.add(to)
            assert (event.from_state, event.to_state, submission.state) == (current, to, to)
            assert kept_counts() == recount()
            transaction.set_rollback(True)
    assert made == possible(current, came_from)


FALLS_BACK = {State.SCHEDULED: State.READY}


@pytest.mark.parametrize("state", [state for state in State if State.HELD in MOVES[state]])
def test_held_submission_can_be_taken_up_where_it_was(state):
    submission, back = submission_in(state), FALLS_BACK.get(state, state)
    move(submission, State.HELD)
    event = move(submission, State(submission.came_from))
    assert (submission.state, submission.came_from, submission.held_for) == (back, "", "")
    assert event.action == MOVES[State.HELD].get(back, Action.RESUME)


@pytest.mark.parametrize("state", [state for state in State if State.WITHDRAWN in MOVES[state]])
def test_withdrawn_submission_can_come_back_where_it_was(state):
    submission, back = submission_in(state), FALLS_BACK.get(state, state)
    held = (submission.held_for, submission.held_until)
    move(submission, State.WITHDRAWN, by=Party.WRITER)
    event = move(submission, State(submission.came_from), by=Party.WRITER)
    submission.refresh_from_db()
    assert (event.action, submission.state, submission.scheduled_for) == (Action.RESTORE, back, None)
    assert (submission.held_for, submission.held_until) == held


def test_hold_comes_back_whole_after_a_withdrawal():
    submission = factories.make_submission(State.SHORTLISTED)
    move(submission, State.HELD, reason=HeldFor.LEGAL, until=TOMORROW)
    move(submission, State.WITHDRAWN, by=Party.WRITER)
    move(submission, State.HELD, by=Party.WRITER)
    submission.refresh_from_db()
    assert (submission.came_from, submission.held_for, submission.held_until) == (
        State.SHORTLISTED, HeldFor.LEGAL, TOMORROW,
    )  # fmt: skip


def confirm(writer):
    Writer.objects.filter(pk=writer.pk).update(confirmed_at=timezone.now(), confirmed_how="link")


@pytest.mark.parametrize("away", [State.HELD, State.WITHDRAWN])
def test_nothing_comes_back_unconfirmed_once_its_writer_is_confirmed(away):
    submission = factories.make_submission(State.UNCONFIRMED)
    move(submission, away)
    confirm(submission.writer)
    event = move(submission, State.UNCONFIRMED)
    assert (submission.state, event.to_state) == (State.QUEUED, "queued")
    assert kept_counts() == recount()


def test_screening_that_meets_a_confirmation_makes_it_new():
    submission = factories.make_submission(State.RECEIVED)
    confirm(submission.writer)
    event = move(submission, State.UNCONFIRMED)
    assert (event.action, submission.state) == (Action.SCREEN, State.QUEUED)


def test_undo_makes_nothing_unconfirmed_once_its_writer_is_confirmed(editor):
    submission = factories.make_submission(State.UNCONFIRMED)
    move(submission, State.SHORTLISTED, by=editor)
    confirm(submission.writer)
    lifecycle.undo(submission, by=editor, expecting=submission.version)
    assert submission.state == State.QUEUED


def test_undo_restores_the_state_before(editor):
    submission = factories.make_submission(State.QUEUED)
    move(submission, State.DECLINED, by=editor)

    event = lifecycle.undo(submission, by=editor, expecting=submission.version)

    assert (submission.state, event.action, event.from_state, event.to_state) == (
        State.QUEUED, "undo", "declined", "queued",
    )  # fmt: skip
    assert kept_counts() == recount()


def test_undo_restores_why_and_until_when_it_was_held(editor):
    submission = factories.make_submission(State.SHORTLISTED)
    move(submission, State.HELD, by=editor, until=TOMORROW, reason=HeldFor.LEGAL)
    move(submission, State.ACCEPTED, by=editor)

    lifecycle.undo(submission, by=editor, expecting=submission.version)

    submission.refresh_from_db()
    assert (submission.state, submission.came_from, submission.held_for, submission.held_until) == (
        State.HELD, State.SHORTLISTED, HeldFor.LEGAL, TOMORROW,
    )  # fmt: skip


def test_undo_restores_the_time_on_the_schedule(editor):
    submission = submission_in(State.SCHEDULED)
    move(submission, State.READY, by=editor)
    lifecycle.undo(submission, by=editor, expecting=submission.version)
    submission.refresh_from_db()
    assert (submission.state, submission.scheduled_for) == (State.SCHEDULED, TOMORROW)


def test_undo_of_an_old_version_is_refused(editor):
    submission = factories.make_submission(State.QUEUED)
    move(submission, State.DECLINED, by=editor)
    with pytest.raises(StaleSubmission):
        lifecycle.undo(submission, by=editor, expecting=submission.version - 1)


def edit(submission, editor):
    revision = Revision(body="A better text.", headline="Better")
    return lifecycle.revise(submission, revision, by=editor, expecting=submission.version)


@pytest.mark.parametrize(
    "after",
    [
        lambda submission, editor: lifecycle.undo(submission, by=editor, expecting=submission.version),
        lambda submission, editor: lifecycle.record(submission, Action.NOTE, by=editor),
        lambda submission, editor: move(submission, State.QUEUED, by=Party.SYSTEM),
        lambda submission, editor: move(submission, State.WITHDRAWN, by=Party.WRITER),
        edit,
    ],
    ids=["undone", "noted", "system", "withdrawn", "edited"],
)
def test_undo_is_too_late_once_something_else_has_happened(editor, after):
    submission = factories.make_submission(State.QUEUED)
    move(submission, State.SHORTLISTED, by=editor)
    after(submission, editor)
    with pytest.raises(TooLate, match="no decision"):
        lifecycle.undo(submission, by=editor, expecting=submission.version)


def test_undo_never_takes_a_text_back(editor):
    submission = submission_in(State.READY)
    edit(submission, editor)
    with pytest.raises(TooLate, match="no decision"):
        lifecycle.undo(submission, by=editor, expecting=submission.version)
    assert (submission.state, submission.current.number) == (State.ACCEPTED, 1)


def test_undo_never_takes_a_confirmed_address_back(editor):
    submission = factories.make_submission(State.UNCONFIRMED)
    move(submission, State.QUEUED, by=editor)
    with pytest.raises(TooLate, match="no decision"):
        lifecycle.undo(submission, by=editor, expecting=submission.version)


@pytest.mark.parametrize("to", [State.PUBLISHED, State.RETRACTED])
def test_undo_never_takes_a_publication_back(editor, to):
    submission = submission_in(MOVES_BACK[to])
    move(submission, to, by=editor)
    with pytest.raises(TooLate, match="corrected or retracted"):
        lifecycle.undo(submission, by=editor, expecting=submission.version)


MOVES_BACK = {State.PUBLISHED: State.READY, State.RETRACTED: State.PUBLISHED}


def decline_with_mail(editor, **fields):
    submission = factories.make_submission(State.QUEUED)
    event = move(submission, State.DECLINED, by=editor)
    mail = Notification.objects.create(
        key=f"decline:{event.pk}", template="decline", submission=submission, event=event, message_id="m", **fields
    )
    return submission, mail


def test_undo_cancels_the_decisions_mail(editor):
    submission, mail = decline_with_mail(editor, send_after=TOMORROW)
    lifecycle.undo(submission, by=editor, expecting=submission.version)
    mail.refresh_from_db()
    assert (submission.state, mail.state) == (State.QUEUED, Owed.CANCELLED)


@pytest.mark.parametrize(
    "fields",
    [
        {"attempts": 1, "leased_until": TOMORROW},
        {"attempts": 1, "state": Owed.SENT, "sent_at": timezone.now()},
        {"attempts": 3, "state": Owed.FAILED},
    ],
    ids=["leased", "sent", "failed"],
)
def test_undo_is_too_late_once_the_mail_may_have_left(editor, fields):
    submission, mail = decline_with_mail(editor, **fields)
    with pytest.raises(TooLate, match="mail has already left"):
        lifecycle.undo(submission, by=editor, expecting=submission.version)
    mail.refresh_from_db()
    submission.refresh_from_db()
    assert (submission.state, mail.state) == (State.DECLINED, fields.get("state", Owed.OWED))


def test_revise_makes_a_new_revision_current(editor):
    submission = factories.make_submission(State.ACCEPTED)
    event = edit(submission, editor)
    submission.refresh_from_db()
    assert (submission.current.number, submission.current.body, submission.current.editor) == (
        1, "A better text.", editor,
    )  # fmt: skip
    assert (event.action, event.data) == ("edit", {"version": submission.version, "revision": 1})
    assert submission.revisions.get(number=0).body == factories.TEXT


@pytest.mark.parametrize("state", [State.PROOF, State.READY, State.SCHEDULED])
def test_revise_takes_proof_sign_off_and_schedule_back(editor, state):
    submission = submission_in(state)
    edit(submission, editor)
    submission.refresh_from_db()
    assert (submission.state, submission.scheduled_for) == (State.ACCEPTED, None)
    assert kept_counts() == recount()


@pytest.mark.parametrize("state", lifecycle.FINAL_TEXT)
def test_revise_is_refused_where_the_text_is_final(editor, state):
    submission = submission_in(state)
    with pytest.raises(IllegalMove, match="not edited"):
        edit(submission, editor)


def test_revise_of_an_old_version_keeps_no_revision(editor):
    submission = factories.make_submission(State.ACCEPTED)
    with pytest.raises(StaleSubmission):
        lifecycle.revise(submission, Revision(body="Late."), by=editor, expecting=submission.version - 1)
    assert submission.revisions.count() == 1


def test_sort_changes_kind_and_counts(editor):
    submission = factories.make_submission(State.QUEUED, kind=Kind.UNSORTED)
    event = lifecycle.sort(submission, Kind.OPINION, by=editor, expecting=submission.version)
    assert event.data == {"version": submission.version, "from": "unsorted", "to": "opinion"}
    assert kept_counts() == recount() == {("opinion", "queued"): 1}


def test_sort_back_to_unsorted_is_refused(editor):
    submission = factories.make_submission(State.QUEUED)
    with pytest.raises(IllegalMove, match="Sort it"):
        lifecycle.sort(submission, Kind.UNSORTED, by=editor, expecting=submission.version)


@pytest.mark.parametrize("state", [State.PUBLISHED, State.RETRACTED])
def test_sort_of_what_went_out_is_refused(editor, state):
    submission = submission_in(state)
    with pytest.raises(IllegalMove, match="keeps its kind"):
        lifecycle.sort(submission, Kind.OPINION, by=editor, expecting=submission.version)


def test_counts_are_shifted_without_counting(django_assert_num_queries):
    factories.make_submission(State.QUEUED)
    with django_assert_num_queries(2):
        QueueCount.objects.shift(("letter", "queued", -1), ("letter", "unconfirmed", 1))


@pytest.mark.django_db(transaction=True)
def test_events_cannot_be_rewritten_after_a_transactional_test():
    factories.make_submission()
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE submissions_event SET action = 'spam'")
