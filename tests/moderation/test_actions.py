from datetime import timedelta

import pytest
from django.utils import timezone

from submissions.lifecycle import IllegalMove, LifecycleError, StaleSubmission, undo
from submissions.models import ConfirmedHow, Event, HeldFor, HousePolicy, Kind, Notification, Owed, Party
from submissions.moderation import actions
from submissions.moderation.withdrawal import withdraw
from submissions.publishing import actions as publishing
from submissions.states import State
from tests import factories
from tests.publishing.pieces import make_publication, make_ready_piece

pytestmark = pytest.mark.django_db

SIMPLE = [
    (actions.shortlist, State.QUEUED, State.SHORTLISTED),
    (actions.accept, State.SHORTLISTED, State.ACCEPTED),
    (actions.put_back, State.SHORTLISTED, State.QUEUED),
    (actions.spam, State.QUEUED, State.SPAM),
    (actions.reopen, State.DECLINED, State.QUEUED),
]


def decided(submission, editor):
    return {"by": editor, "expecting": submission.version}


@pytest.mark.parametrize(("action", "before", "after"), SIMPLE)
def test_simple_decisions_move_and_name_their_editor(letters_editor, action, before, after):
    submission = factories.make_submission(before)
    event = action(submission, **decided(submission, letters_editor))
    submission.refresh_from_db()
    assert (submission.state, event.user, event.party) == (after, letters_editor, Party.EDITOR)


@pytest.mark.parametrize(("action", "before", "after"), SIMPLE)
def test_simple_decisions_on_an_old_version_change_nothing(letters_editor, action, before, after):
    submission = factories.make_submission(before)
    with pytest.raises(StaleSubmission):
        action(submission, by=letters_editor, expecting=submission.version + 1)
    submission.refresh_from_db()
    assert submission.state == before


def test_decline_owes_a_mail_that_waits_for_an_undo(letters_editor):
    submission = factories.make_submission(State.QUEUED)
    event = actions.decline(
        submission, **decided(submission, letters_editor), reason="space", subject="Your letter", text="No room."
    )
    mail = Notification.objects.get(template="decline")
    assert (mail.to, mail.event, mail.subject, mail.text) == (submission.email, event, "Your letter", "No room.")
    assert timedelta(minutes=9) < mail.send_after - timezone.now() <= timedelta(minutes=10)
    assert event.data["reason"] == "space"
    assert "No room." not in str(event.data)


def test_decline_in_silence_or_without_an_address_owes_nothing(letters_editor):
    silent = factories.make_submission(State.QUEUED)
    posted = factories.make_submission(State.QUEUED, email="", phone="+13075550134")
    first = actions.decline(silent, **decided(silent, letters_editor), reason="space", silent=True)
    second = actions.decline(posted, **decided(posted, letters_editor), reason="space", subject="s", text="t")
    assert (first.data["told"], second.data["told"]) == (False, False)
    assert not Notification.objects.filter(template="decline").exists()


def test_undone_decline_cancels_its_mail(letters_editor):
    submission = factories.make_submission(State.QUEUED)
    actions.decline(submission, **decided(submission, letters_editor), reason="space", subject="s", text="t")
    undo(submission, **decided(submission, letters_editor))
    assert (submission.state, Notification.objects.get(template="decline").state) == (State.QUEUED, Owed.CANCELLED)


def test_hold_remembers_why_until_when_and_where_it_stood(letters_editor):
    submission = factories.make_submission(State.SHORTLISTED)
    until = timezone.now() + timedelta(days=2)
    actions.hold(submission, **decided(submission, letters_editor), reason=HeldFor.CALL, until=until)
    submission.refresh_from_db()
    assert (submission.held_for, submission.held_until, submission.came_from) == ("call", until, State.SHORTLISTED)
    actions.resume(submission, **decided(submission, letters_editor))
    assert (submission.state, submission.held_for, submission.held_until) == (State.SHORTLISTED, "", None)


def test_held_from_the_schedule_comes_back_ready(letters_editor):
    submission = make_ready_piece()
    at = timezone.now() + timedelta(hours=5)
    publishing.schedule(submission, **decided(submission, letters_editor), at=at)
    actions.hold(submission, **decided(submission, letters_editor), reason=HeldFor.FACTS)
    actions.resume(submission, **decided(submission, letters_editor))
    assert (submission.state, submission.scheduled_for) == (State.READY, None)


def test_only_what_is_held_is_resumed(letters_editor):
    submission = factories.make_submission(State.QUEUED)
    withdraw(submission, by=Party.WRITER, expecting=submission.version)
    with pytest.raises(IllegalMove):
        actions.resume(submission, **decided(submission, letters_editor))


def test_reopened_spam_is_acknowledged_after_all(letters_editor):
    submission = factories.make_submission(State.SPAM)
    actions.reopen(submission, **decided(submission, letters_editor))
    mail = Notification.objects.get()
    assert (mail.template, mail.to, mail.key) == (
        "acknowledgement",
        submission.email,
        f"acknowledgement:{submission.pk}",
    )


@pytest.mark.parametrize("rule", ["no_answer", "imported"])
def test_reopened_spam_that_must_not_be_answered_is_not(letters_editor, rule):
    submission = factories.make_submission(State.SPAM)
    submission.findings.create(revision=submission.current, policy=submission.policy, rule=rule, severity="info")
    actions.reopen(submission, **decided(submission, letters_editor))
    assert not Notification.objects.exists()


def edit(submission, editor, **fields):
    current = submission.current
    text = {"headline": current.headline, "body": current.body, "byline": current.byline, "reason": "style"}
    return actions.edit(submission, **decided(submission, editor), **{**text, **fields})


def test_edit_makes_a_revision_and_keeps_what_arrived(letters_editor):
    submission = factories.make_submission(State.ACCEPTED, in_response_to="City closes footbridge")
    edit(submission, letters_editor, body="Shorter.", reason="cut")
    arrived, edited = submission.revisions.order_by("number")
    assert (arrived.body, edited.body) == (factories.TEXT, "Shorter.")
    assert (edited.editor, edited.reason, edited.in_response_to) == (letters_editor, "cut", "City closes footbridge")


def test_edit_that_changes_nothing_is_refused(letters_editor):
    submission = factories.make_submission(State.ACCEPTED)
    with pytest.raises(LifecycleError, match="Nothing has changed"):
        edit(submission, letters_editor)


def test_edit_takes_a_ready_piece_back_to_editing(letters_editor):
    submission = make_ready_piece()
    edit(submission, letters_editor, headline="Keep it open")
    assert submission.state == State.ACCEPTED


def test_sort_changes_the_kind(letters_editor):
    submission = factories.make_submission(State.QUEUED, kind=Kind.UNSORTED)
    event = actions.sort(submission, **decided(submission, letters_editor), kind=Kind.OPINION)
    assert (submission.kind, event.data["from"], event.data["to"]) == ("opinion", "unsorted", "opinion")


def test_claim_is_for_one_and_leaves_the_version_alone(letters_editor, chief):
    submission = factories.make_submission(State.QUEUED)
    version = submission.version
    actions.claim(submission, by=letters_editor)
    with pytest.raises(actions.AlreadyClaimed, match="ada has just claimed it"):
        actions.claim(submission, by=chief)
    actions.claim(submission, by=chief, seen=letters_editor.pk)
    submission.refresh_from_db()
    assert (submission.assignee, submission.version) == (chief, version)


def test_claim_of_what_was_just_released_says_so(letters_editor, chief):
    submission = factories.make_submission(State.QUEUED)
    with pytest.raises(actions.AlreadyClaimed, match="just been released"):
        actions.claim(submission, by=chief, seen=letters_editor.pk)


def test_only_ones_own_claim_is_released(letters_editor, chief):
    submission = factories.make_submission(State.QUEUED)
    actions.claim(submission, by=letters_editor)
    with pytest.raises(LifecycleError):
        actions.release(submission, by=chief)
    actions.release(submission, by=letters_editor)
    submission.refresh_from_db()
    assert submission.assignee is None


def test_note_is_kept_out_of_the_history(letters_editor):
    submission = factories.make_submission(State.QUEUED)
    note = actions.add_note(submission, by=letters_editor, text="Called twice.")
    event = Event.objects.latest("pk")
    assert (note.author, event.action, event.data) == (letters_editor, "note", {"note": note.pk})


def test_pin_goes_on_and_off_once(letters_editor):
    submission = factories.make_submission(State.QUEUED)
    actions.pin(submission, by=letters_editor)
    with pytest.raises(LifecycleError):
        actions.pin(submission, by=letters_editor)
    actions.unpin(submission, by=letters_editor)
    with pytest.raises(LifecycleError):
        actions.unpin(submission, by=letters_editor)
    submission.refresh_from_db()
    assert not submission.pinned


def test_verify_confirms_by_call_and_queues_all_of_the_writers(letters_editor):
    first, second = factories.make_submission(), factories.make_submission()
    actions.verify(first, by=letters_editor)
    for submission in (first, second):
        submission.refresh_from_db()
    assert (first.state, second.state, first.writer.confirmed_how) == ("queued", "queued", ConfirmedHow.CALL)


def test_retract_takes_back_what_is_live(chief):
    submission = make_publication().submission
    actions.retract(submission, by=chief, reason="The writer was not who he said he was.")
    submission.refresh_from_db()
    assert submission.state == State.RETRACTED
    with pytest.raises(IllegalMove):
        actions.retract(submission, by=chief, reason="Again.")


def test_delay_of_decision_mails_is_the_policys(letters_editor):
    HousePolicy.objects.create(kind=Kind.LETTER, number=2, decision_delay_minutes=60, terms="t")
    submission = factories.make_submission(State.QUEUED)
    actions.decline(submission, **decided(submission, letters_editor), reason="space", subject="s", text="t")
    assert Notification.objects.get(template="decline").send_after > timezone.now() + timedelta(minutes=59)
