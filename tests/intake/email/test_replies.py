import pytest

from submissions.models import ConfirmedHow, Event, Note, Outcome, Party, Submission
from submissions.notifications.outbox import queue
from submissions.states import Action, State
from tests import factories
from tests.intake.email.mails import mail, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(house):
    """The acknowledgement of a letter whose writer is unconfirmed."""
    submission = factories.make_submission(State.UNCONFIRMED)
    return queue("acknowledgement", to=submission.email, key="a:1", submission=submission)


def _reply(owed, body="Yes, it was me.", *fields: str, **named: str) -> bytes:
    return mail(body, f"In-Reply-To: {owed.message_id}", *fields, **named)


def test_a_reply_becomes_a_note_and_confirms_its_writer(owed):
    message = read(_reply(owed))
    submission = Submission.objects.get()
    assert (message.outcome, message.submission) == (Outcome.REPLY, submission)
    assert (submission.state, submission.writer.confirmed_how) == (State.QUEUED, ConfirmedHow.REPLY)
    assert Note.objects.get().text == (
        f"Reply by mail from w.prairie@example.org (message {message.pk}):\n\nYes, it was me."
    )
    event = Event.objects.get(action=Action.NOTE)
    assert (event.party, event.data["message"]) == (Party.WRITER, message.pk)


def test_a_reply_from_elsewhere_is_kept_and_confirms_nothing(owed):
    message = read(_reply(owed, From="N. Plain <n@example.org>"))
    submission = Submission.objects.get()
    assert (message.outcome, submission.state) == (Outcome.REPLY, State.UNCONFIRMED)
    assert Event.objects.get(action=Action.NOTE).party == Party.SYSTEM


def test_a_mail_of_ours_that_went_elsewhere_confirms_nothing(owed):
    type(owed).objects.filter(pk=owed.pk).update(to="other@example.org")
    read(_reply(owed))
    assert Submission.objects.get().state == State.UNCONFIRMED


def test_an_automatic_reply_confirms_nothing(owed):
    message = read(_reply(owed, "I am away.", "Auto-Submitted: auto-replied"))
    assert (message.outcome, message.submission) == (Outcome.AUTO_REPLY, None)
    assert Submission.objects.get().state == State.UNCONFIRMED


def test_the_same_reply_twice_is_kept_once(owed):
    first, second = read(_reply(owed)), read(_reply(owed, "Yes, it was me.", "Received: from a by b"))
    assert (first.outcome, second.outcome) == (Outcome.REPLY, Outcome.DUPLICATE)
    assert Note.objects.count() == 1


def test_our_own_mail_come_back_is_a_loop(owed):
    message = read(mail("x", Message_ID=owed.message_id))
    assert (message.outcome, message.reason) == (Outcome.LOOP, "message_id")


def test_a_reply_to_a_mail_about_no_letter_is_a_letter(house):
    digest = queue("digest", to="editor@example.org", key="d:1")
    assert read(_reply(digest)).outcome == Outcome.SUBMISSION
