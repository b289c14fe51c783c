import pytest

from submissions.models import ConfirmedHow, Event, Outcome, Party, Reply, Submission
from submissions.notifications.outbox import queue
from submissions.notifications.reply_tokens import token_for
from submissions.states import Action, State
from tests import factories
from tests.intake.email.mails import mail, multipart, part, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(house):
    """The acknowledgement of a letter whose writer is unconfirmed."""
    submission = factories.make_submission(State.UNCONFIRMED)
    return queue("acknowledgement", to=submission.email, key="a:1", submission=submission)


def _reply(owed, body="Yes, it was me.", *fields: str, **named: str) -> bytes:
    return mail(body, f"In-Reply-To: {owed.message_id}", *fields, **named)


def test_a_reply_becomes_correspondence_and_confirms_its_writer(owed):
    message = read(_reply(owed))
    submission = Submission.objects.get()
    reply = Reply.objects.get()
    assert (message.outcome, message.submission, message.notification) == (Outcome.REPLY, submission, owed)
    assert (submission.state, submission.writer.confirmed_how) == (State.QUEUED, ConfirmedHow.REPLY)
    assert (reply.text, reply.by_writer, reply.address) == ("Yes, it was me.", True, "w.prairie@example.org")
    event = Event.objects.get(action=Action.REPLY)
    assert (event.party, event.data) == (Party.WRITER, {"message": message.pk})


def test_a_reply_finds_its_way_by_the_address_alone(owed):
    to = f"letters+{token_for(owed)}@wyomingstar.example"
    message = read(mail("Yes."), to=to)
    assert (message.outcome, message.notification) == (Outcome.REPLY, owed)
    assert Submission.objects.get().state == State.QUEUED


def test_what_a_reply_quotes_is_folded_and_its_files_are_kept(owed):
    body, content_type = multipart("mixed", part("Yes.\n\n> Did you?\n> Really?"), part("a,b", "text/csv; name=d.csv"))
    read(_reply(owed, body, content_type))
    reply, submission = Reply.objects.get(), Submission.objects.get()
    assert (reply.text, "Did you?" in reply.folded) == ("Yes.", True)
    assert [(file.name, file.label) for file in submission.attachments.all()] == [("d.csv", "with a reply")]


def test_a_reply_from_elsewhere_is_kept_and_confirms_nothing(owed):
    message = read(_reply(owed, From="N. Plain <n@example.org>"))
    submission = Submission.objects.get()
    assert (message.outcome, submission.state) == (Outcome.REPLY, State.UNCONFIRMED)
    assert (Event.objects.get(action=Action.REPLY).party, Reply.objects.get().by_writer) == (Party.SYSTEM, False)


def test_a_mail_of_ours_that_went_elsewhere_confirms_nothing(owed):
    type(owed).objects.filter(pk=owed.pk).update(to="other@example.org")
    read(_reply(owed))
    assert Submission.objects.get().state == State.UNCONFIRMED


def test_an_automatic_reply_confirms_nothing(owed):
    message = read(_reply(owed, "I am away.", "Auto-Submitted: auto-replied"))
    assert (message.outcome, message.submission) == (Outcome.AUTO_REPLY, owed.submission)
    assert Submission.objects.get().state == State.UNCONFIRMED


def test_the_same_reply_twice_is_kept_once(owed):
    first, second = read(_reply(owed)), read(_reply(owed, "Yes, it was me.", "Received: from a by b"))
    assert (first.outcome, second.outcome) == (Outcome.REPLY, Outcome.DUPLICATE)
    assert Reply.objects.count() == 1


def test_our_own_mail_come_back_is_a_loop(owed):
    message = read(mail("x", Message_ID=owed.message_id))
    assert (message.outcome, message.reason) == (Outcome.LOOP, "message_id")


def test_a_reply_to_a_mail_about_no_letter_is_a_letter(house):
    digest = queue("digest", to="editor@example.org", key="d:1")
    assert read(_reply(digest)).outcome == Outcome.SUBMISSION
