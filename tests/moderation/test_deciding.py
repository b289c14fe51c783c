from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from submissions.models import Notification, Publication, SignOff
from submissions.moderation import actions
from submissions.states import State
from tests import factories
from tests.moderation.conftest import DESK, review
from tests.publishing.pieces import make_publication, make_ready_piece

pytestmark = pytest.mark.django_db

LATER = localtime(timezone.now() + timedelta(days=400)).strftime("%Y-%m-%dT%H:%M")
TEXT = {"headline": "Open", "body": "New.", "byline": "W. Prairie", "reason": "style"}

DECISIONS = [
    ("shortlist", State.QUEUED, {}, State.SHORTLISTED),
    ("accept", State.QUEUED, {}, State.ACCEPTED),
    ("put-back", State.SHORTLISTED, {}, State.QUEUED),
    ("decline", State.QUEUED, {"reason": "space"}, State.DECLINED),
    ("hold", State.QUEUED, {"reason": "call", "until": LATER}, State.HELD),
    ("spam", State.QUEUED, {}, State.SPAM),
    ("reopen", State.SPAM, {}, State.QUEUED),
    ("sort", State.QUEUED, {"kind": "letter"}, State.QUEUED),
    ("edit", State.ACCEPTED, TEXT, State.ACCEPTED),
    ("ready", State.ACCEPTED, {}, State.READY),
    ("sign-off", State.ACCEPTED, {"how": "phone"}, State.READY),
    ("publish", State.READY, {}, State.PUBLISHED),
    ("ran-in", State.READY, {"ran_in": "A7 of 14 November"}, State.PUBLISHED),
    ("schedule", State.READY, {"at": LATER}, State.SCHEDULED),
    ("verify", State.UNCONFIRMED, {}, State.QUEUED),
]


def make(state):
    return make_ready_piece() if state == State.READY else factories.make_submission(state)


@pytest.mark.parametrize(("action", "before", "fields", "after"), DECISIONS)
def test_each_decision_is_one_post(decide, action, before, fields, after):
    submission = make(before)
    response = decide(submission, action, **fields)
    submission.refresh_from_db()
    assert (response.status_code, submission.state) == (302, after)


@pytest.mark.parametrize(("action", "before", "fields"), [row[:3] for row in DECISIONS if row[0] != "verify"])
def test_each_decision_on_an_old_version_is_refused_and_says_what_changed(decide, desk, chief, action, before, fields):
    submission = make(before)
    old = submission.version
    actions.hold(submission, by=chief, expecting=old, reason="legal") if before != State.SPAM else actions.reopen(
        submission, by=chief, expecting=old
    )
    response = decide(submission, action, **{**fields, "expecting": old})
    page = response.content.decode()
    assert response.status_code == 409
    assert "<b>Not " in page
    assert "by carla" in page


def test_the_next_item_of_the_queue_opens_and_offers_undo(desk, decide):
    older, newer = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED)
    response = decide(newer, "shortlist", "?queue=new&order=")
    assert response.url == f"{review(older)}?queue=new"
    assert f"{DESK}{newer.pk}/undo/" in desk.get(response.url).content.decode()


def test_after_the_last_item_the_queue_opens(decide):
    assert decide(factories.make_submission(State.QUEUED), "spam").url == f"{DESK}?queue=new"


def test_undo_takes_the_last_decision_back_and_opens_it(desk, decide):
    submission = factories.make_submission(State.QUEUED)
    decide(submission, "decline", reason="space", write="on")
    submission.refresh_from_db()
    response = decide(submission, "undo")
    submission.refresh_from_db()
    assert (submission.state, response.url.split("?")[0]) == (State.QUEUED, review(submission))
    assert Notification.objects.get(template="decline").state == "cancelled"
    assert "/undo/" not in desk.get(response.url).content.decode()


def test_undo_too_late_says_so(decide, chief):
    submission = factories.make_submission(State.QUEUED)
    decide(submission, "shortlist")
    submission.refresh_from_db()
    actions.add_note(submission, by=chief, text="n")
    response = decide(submission, "undo")
    assert response.status_code == 409
    assert "no decision to undo" in response.content.decode()


def test_undo_is_not_offered_once_something_else_has_happened(desk, decide, chief):
    submission = factories.make_submission(State.QUEUED)
    decide(submission, "shortlist")
    submission.refresh_from_db()
    actions.accept(submission, by=chief, expecting=submission.version)
    assert "/undo/" not in desk.get(DESK).content.decode()


def test_typed_reply_comes_back_where_the_letter_has_changed(decide, chief):
    submission = factories.make_submission(State.QUEUED)
    old = submission.version
    actions.shortlist(submission, by=chief, expecting=old)
    page = decide(
        submission, "decline", expecting=old, reason="space", write="on", subject="Mine", text="My own words."
    ).content.decode()
    assert "My own words." in page
    assert "shortlisted by carla" in page
    assert f'name="expecting" value="{submission.version}"' in page


def test_typed_edit_comes_back_even_where_nothing_is_edited_any_more(decide, chief):
    submission = factories.make_submission(State.ACCEPTED)
    old = submission.version
    actions.spam(submission, by=chief, expecting=old)
    page = decide(submission, "edit", **{**TEXT, "body": "Typed for an hour.", "expecting": old}).content.decode()
    assert "What you typed: Text" in page
    assert "Typed for an hour." in page


def test_decline_in_one_key_follows_the_policy(decide):
    submission = factories.make_submission(State.QUEUED)
    decide(submission, "decline", reason="space", quick="1", write="on")
    assert not Notification.objects.filter(template="decline").exists()


def test_decline_mails_the_reasons_text_unless_another_was_typed(decide):
    first, second = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED)
    decide(first, "decline", reason="space", write="on")
    decide(second, "decline", reason="space", write="on", subject="A\nB", text="Mine.")
    assert list(Notification.objects.filter(template="decline").order_by("pk").values_list("subject", "text")) == [
        ("Your letter", "We had no room for it."),
        ("A B", "Mine."),
    ]


def test_decline_preview_shows_the_mail_and_changes_nothing(decide):
    submission = factories.make_submission(State.QUEUED)
    response = decide(submission, "decline", reason="space", write="on", text="We thank you.", preview="1")
    page = response.content.decode()
    submission.refresh_from_db()
    assert (response.status_code, submission.state) == (200, State.QUEUED)
    assert "Dear W. Prairie" in page
    assert "We thank you." in page
    assert not Notification.objects.filter(template="decline").exists()


def test_decline_preview_of_silence_says_so(decide):
    response = decide(factories.make_submission(State.QUEUED), "decline", reason="space", preview="1")
    assert "Nothing is mailed." in response.content.decode()


def test_decline_preview_to_what_is_no_address_says_so(decide):
    submission = factories.make_submission(State.QUEUED, email="a@example.org, b@example.org")
    response = decide(submission, "decline", reason="space", write="on", preview="1")
    assert "Nothing is mailed." in response.content.decode()


def test_decline_without_any_reply_text_can_be_silent_only(decide):
    factories.ReplyText.objects.all().delete()
    submission = factories.make_submission(State.QUEUED)
    assert decide(submission, "decline", reason="other", write="on").status_code == 422
    assert decide(submission, "decline", reason="other").status_code == 302


def test_decline_of_a_posted_letter_cannot_write(decide):
    submission = factories.make_submission(State.QUEUED, email="", phone="+13075550134")
    decide(submission, "decline", reason="space", write="on")
    assert not Notification.objects.filter(template="decline").exists()


@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("decline", {"reason": "nonsense"}, "Select a valid choice"),
        ("hold", {"reason": "call", "until": "soon"}, "Enter a valid date/time"),
        ("edit", {**TEXT, "body": ""}, "This field is required"),
        ("edit", {**TEXT, "body": "\u200b \n"}, "The text is empty"),
        ("note", {"text": ""}, "This field is required"),
        ("shortlist", {"expecting": "x"}, ""),
    ],
)
def test_what_cannot_be_understood_comes_back(decide, action, fields, said):
    submission = factories.make_submission(State.ACCEPTED if action == "edit" else State.QUEUED)
    response = decide(submission, action, **fields)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_schedule_in_the_past_is_refused(decide):
    response = decide(make_ready_piece(), "schedule", at="2001-01-01T10:00")
    assert "That time has passed" in response.content.decode()


def test_schedule_is_in_the_houses_own_time(decide, settings):
    settings.TIME_ZONE = "America/Denver"
    submission = make_ready_piece()
    decide(submission, "schedule", at="2099-07-01T10:00")
    submission.refresh_from_db()
    assert submission.scheduled_for.isoformat() == "2099-07-01T16:00:00+00:00"


def test_unschedule_stays_on_the_page(decide, letters_editor):
    submission = make_ready_piece()
    actions.publishing.schedule(
        submission, by=letters_editor, expecting=submission.version, at=timezone.now() + timedelta(days=1)
    )
    response = decide(submission, "unschedule")
    submission.refresh_from_db()
    assert (submission.state, response.url.split("?")[0]) == (State.READY, review(submission))


def test_ready_where_a_sign_off_is_owed_says_what_to_do(decide):
    submission = factories.make_submission(State.ACCEPTED)
    decide(submission, "edit", **{**TEXT, "body": "It is now about something else entirely, and far longer."})
    submission.refresh_from_db()
    response = decide(submission, "ready")
    assert response.status_code == 409
    assert "The writer must agree to the edited text first" in response.content.decode()


def test_waiver_is_the_chiefs_and_has_a_reason(decide, chief_desk):
    submission = factories.make_submission(State.ACCEPTED)
    decide(submission, "edit", **{**TEXT, "body": "It is now about something else entirely, and far longer."})
    submission.refresh_from_db()
    assert decide(submission, "waive", waive="deadline").status_code == 403
    assert decide(submission, "waive", client=chief_desk, waive="deadline").status_code == 302
    assert SignOff.objects.values_list("basis", "how").get() == ("waived", "deadline")


def test_retract_is_the_chiefs(decide, chief_desk):
    submission = make_publication().submission
    assert decide(submission, "retract", reason="It was not hers.").status_code == 403
    assert decide(submission, "retract", client=chief_desk, reason="It was not hers.").status_code == 302
    assert Publication.objects.get().retraction_reason == "It was not hers."


def test_ran_in_is_recorded_without_a_page(decide):
    decide(make_ready_piece(), "ran-in", ran_in="A7 of 14 November")
    assert Publication.objects.get().ran_in == "A7 of 14 November"


@pytest.mark.parametrize(
    ("action", "undoing", "field"), [("claim", "release", "assignee_id"), ("pin", "unpin", "pinned")]
)
def test_claim_and_pin_go_on_and_off(decide, action, undoing, field):
    submission = factories.make_submission(State.QUEUED)
    before = getattr(submission, field)
    decide(submission, action)
    submission.refresh_from_db()
    assert getattr(submission, field) != before
    decide(submission, undoing)
    submission.refresh_from_db()
    assert getattr(submission, field) == before


def test_claim_that_another_has_says_who(decide, chief):
    submission = factories.make_submission(State.QUEUED)
    actions.claim(submission, by=chief)
    response = decide(submission, "claim", seen="")
    assert response.status_code == 409
    assert "carla has just claimed it" in response.content.decode()


def test_sorting_into_a_kind_that_is_not_theirs_opens_the_queue(decide):
    submission = factories.make_submission(State.QUEUED)
    assert decide(submission, "sort", kind="opinion").url == f"{DESK}?queue=new"


def test_unknown_action_is_not_found(decide):
    assert decide(factories.make_submission(State.QUEUED), "burn").status_code == 404


def test_resume_opens_it_again(decide):
    submission = factories.make_submission(State.QUEUED)
    decide(submission, "hold", reason="call")
    submission.refresh_from_db()
    assert decide(submission, "resume").url.split("?")[0] == review(submission)
