import pytest

from submissions.lifecycle import StaleSubmission, revise
from submissions.models import Channel, ConfirmedHow, Event, Finding, Noticed, Notification, Party, Revision, Severity
from submissions.moderation.verification import confirm
from submissions.screening.actions import ENOUGH_ANSWERS, rescreen, screen
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def received(**fields):
    return factories.make_submission(State.RECEIVED, **fields)


def noticed(rule):
    return Noticed(rule=rule, severity=Severity.STOP, message="A machine.")


def acknowledged():
    return list(Notification.objects.filter(template="acknowledgement").values_list("to", flat=True))


def rules(submission):
    return set(submission.findings.values_list("rule", flat=True))


def test_a_letter_from_a_stranger_waits_for_its_confirmation():
    submission = received()
    screen(submission)
    submission.refresh_from_db()
    assert (submission.state, rules(submission)) == (State.UNCONFIRMED, {"words"})
    assert acknowledged() == ["w.prairie@example.org"]


def test_a_letter_from_a_confirmed_writer_goes_to_the_queue():
    submission = received()
    confirm(submission.writer, ConfirmedHow.VOUCHED, by=Party.SYSTEM)
    screen(submission)
    assert submission.state == State.QUEUED


def test_findings_name_the_policy_and_the_text_that_they_judged():
    submission = received(body="word " * 300)
    screen(submission)
    found = submission.findings.get(rule="words")
    assert (found.policy, found.revision, found.message) == (submission.policy, submission.current, "300 of 250 words")
    assert submission.current.body[found.start : found.end] == found.words


@pytest.mark.parametrize("trap", ["honeypot", "too_fast"])
def test_what_a_trap_caught_goes_to_spam_unanswered(trap):
    submission = received(findings=(noticed(trap),))
    screen(submission)
    assert (submission.state, acknowledged(), rules(submission)) == (State.SPAM, [], {trap, "words"})
    assert submission.events.last().data["trap"] == trap


def test_other_findings_decide_nothing():
    body = "BUY THE BEST DEALS THAT YOU HAVE EVER SEEN TODAY AT www.a.example www.b.example www.c.example"
    submission = received(body=body, name="", exclusive=False)
    screen(submission)
    assert submission.state == State.UNCONFIRMED
    assert rules(submission) == {"words", "links", "capitals", "identity", "not_exclusive"}


def test_a_mail_that_must_not_be_answered_is_not():
    submission = received(findings=(noticed("no_answer"),))
    screen(submission)
    assert (submission.state, acknowledged()) == (State.UNCONFIRMED, [])


@pytest.mark.parametrize(
    "email", ["noreply@example.org", "letters@wyomingstar.example", "a@b.example, c@d.example", ""]
)
def test_addresses_that_are_nobodys_get_no_answer(email):
    screen(received(email=email, phone="+13075550134"))
    assert acknowledged() == []


def test_mails_are_answered_once_an_hour_and_the_link_covers_both():
    screen(received(channel=Channel.EMAIL, body="One"))
    screen(received(channel=Channel.EMAIL, body="Two"))
    assert acknowledged() == ["w.prairie@example.org"]


def test_an_answer_over_the_limit_is_left_to_an_editor():
    screen(received(channel=Channel.EMAIL, body="One"))
    second = received(channel=Channel.EMAIL, body="Two")
    screen(second)
    found = second.findings.get(rule="no_answer")
    assert (found.data, found.message) == ({"why": "cap"}, ENOUGH_ANSWERS.message)
    assert not Finding.objects.exclude(submission=second).filter(rule="no_answer").exists()


def test_a_needed_confirmation_is_sent_anew_when_the_last_one_failed():
    screen(received(channel=Channel.EMAIL, body="One"))
    Notification.objects.update(state="failed")
    screen(received(channel=Channel.EMAIL, body="Two"))
    assert len(acknowledged()) == 2


def test_forms_are_answered_three_times_an_hour():
    for body in ("One", "Two", "Three", "Four"):
        screen(received(body=body))
    assert len(acknowledged()) == 3


def test_another_address_is_answered_on_its_own():
    screen(received(channel=Channel.EMAIL))
    screen(received(channel=Channel.EMAIL, email="other@example.org"))
    assert acknowledged() == ["w.prairie@example.org", "other@example.org"]


def test_an_answer_names_the_mail_that_it_answers():
    submission = received(channel=Channel.EMAIL)
    submission.messages.create(
        door="lmtp",
        kind="letter",
        sha256="0" * 64,
        size=9,
        outcome="submission",
        content=b"Message-ID: <one@example.org>\r\n\r\nText",
    )
    screen(submission)
    assert Notification.objects.get().in_reply_to == "<one@example.org>"


def test_what_moved_meanwhile_is_refused_whole():
    submission = received()
    factories.move(submission, State.WITHDRAWN, by=Party.WRITER, expecting=submission.version)
    submission.state, submission.version = State.RECEIVED, 0
    with pytest.raises(StaleSubmission):
        screen(submission)
    assert (Finding.objects.count(), acknowledged()) == (0, [])


def test_words_of_danger_are_pinned_and_told_to_the_chief():
    chief = factories.make_user("Chief editor")
    factories.make_user("Letters editor")
    submission = received(body="I will kill you. I will kill you all.")
    screen(submission)
    submission.refresh_from_db()
    assert submission.pinned
    assert list(submission.events.values_list("action", flat=True)) == ["receive", "pin", "screen"]
    assert list(Notification.objects.filter(template="safety").values_list("to", "user")) == [(chief.email, chief.pk)]


def test_an_edit_is_screened_anew_and_alerts_once():
    factories.make_user("Chief editor")
    editor = factories.make_user("Letters editor")
    submission = factories.make_submission(State.QUEUED, body="I will kill you.")
    rescreen(submission)
    revise(submission, Revision(headline="", body="I will kill you. Truly.", byline=""), by=editor, expecting=2)
    rescreen(submission)
    rescreen(submission)
    assert list(submission.findings.values_list("revision__number", "rule").order_by("revision__number", "rule")) == [
        (0, "threat"),
        (0, "words"),
        (1, "threat"),
        (1, "words"),
    ]
    assert (Event.objects.filter(action="pin").count(), Notification.objects.filter(template="safety").count()) == (
        1,
        1,
    )


def test_rescreening_keeps_what_the_door_noticed():
    submission = factories.make_submission(State.UNCONFIRMED, findings=(noticed("no_answer"),))
    rescreen(submission)
    assert rules(submission) == {"no_answer", "words"}
