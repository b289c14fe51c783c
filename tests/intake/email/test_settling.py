import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from submissions.intake.email.read import attempt
from submissions.intake.tasks import intake
from submissions.models import ConfirmedHow, Event, Finding, Outcome, RawMessage, Submission, Writer
from submissions.models.leased import lease
from submissions.models.raw_message import RawMessageQuerySet
from submissions.notifications.outbox import queue
from submissions.screening.tasks import screening
from submissions.states import Action, State
from tests import factories
from tests.intake.email.mails import LETTERS, arrive, mail, multipart, part, read

pytestmark = pytest.mark.django_db
PER_LETTER = 2
"""Queries for each further letter of a batch: for the paper's addresses, and for what became of its row."""
OPINION = "opinion@wyomingstar.example"
VOUCHED = "Authentication-Results: mx.wyomingstar.example; dmarc=pass header.from=example.org"


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.fixture
def owed():
    submission = factories.make_submission(State.UNCONFIRMED, channel="email")
    return queue("acknowledgement", to=submission.email, key="a:1", submission=submission)


def bounce(owed, *, action="failed", status="5.1.1", address="w.prairie@example.org"):
    """A bounce of one of our mails."""
    told = f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}"
    body, content_type = multipart(
        "report",
        part("It could not be delivered."),
        part(f"Reporting-MTA: dns; mx.example\r\n\r\n{told}\r\n", "message/delivery-status"),
        part(f"Message-ID: {owed.message_id}\r\nSubject: x\r\n", "text/rfc822-headers"),
    )
    return mail(
        body, f"{content_type}; report-type=delivery-status", From="MAILER-DAEMON@mx.example", Subject="Failure"
    )


def test_the_same_mail_again_is_linked():
    first, second = read(mail()), read(mail("Keep the footbridge open.\n", "Received: by somebody"))
    assert (second.outcome, second.submission, second.original) == (Outcome.DUPLICATE, first.submission, first)
    event = Event.objects.get(action=Action.LINK)
    assert (event.submission, event.data) == (first.submission, {"message": second.pk})
    assert (first.identity, second.resembles) == (second.identity, None)


def test_a_letter_that_was_read_before_identities_were_kept_is_linked():
    first = read(mail())
    RawMessage.objects.filter(pk=first.pk).update(identity="")
    again = read(mail())
    assert (again.outcome, again.submission, Submission.objects.count()) == (Outcome.DUPLICATE, first.submission, 1)
    assert Event.objects.get(action=Action.LINK).data == {"message": again.pk}


@pytest.mark.parametrize("raw", [mail("x", "List-Id: <n.example.org>"), mail("x", "Auto-Submitted: auto-replied")])
def test_what_is_no_letter_is_kept_once_too(raw):
    first, second = read(raw), read(raw)
    assert (second.outcome, second.original, second.submission) == (Outcome.DUPLICATE, first, None)


def test_a_mail_to_two_of_our_addresses_is_two_that_resemble_each_other():
    first, second = read(mail()), read(mail(), to=OPINION)
    assert (first.submission == second.submission, second.resembles) == (False, first)


def test_another_text_under_one_message_id_is_another_submission_that_is_linked():
    first, second = read(mail("one")), read(mail("two"))
    assert (first.submission == second.submission, second.resembles) == (False, first)


def test_one_text_under_another_message_id_is_another_submission_that_is_linked():
    first, second = read(mail("one")), read(mail("one", Message_ID="<2@example.org>"))
    assert (first.submission == second.submission, second.resembles) == (False, first)


def test_mails_that_are_read_together_are_told_apart_as_if_read_one_by_one(owed):
    answer = mail("Thank you.", f"In-Reply-To: {owed.message_id}", Message_ID="<3@example.org>")
    raws = [mail("one"), mail("one"), mail("two"), mail("x", "List-Id: <n.example.org>"), answer]
    rows = [arrive(raw) for raw in raws]
    intake()
    for row in rows:
        row.refresh_from_db()
    first, again, other, newsletter, reply = rows
    outcomes = [Outcome.SUBMISSION, Outcome.DUPLICATE, Outcome.SUBMISSION, Outcome.LIST, Outcome.REPLY]
    assert [row.outcome for row in rows] == outcomes
    assert (again.original, again.submission, again.resembles) == (first, first.submission, None)
    assert [row.resembles for row in (first, other, newsletter, reply)] == [None, first, first, None]
    assert reply.submission == owed.submission


def test_mails_that_are_read_together_cost_few_queries(django_assert_max_num_queries):
    for number in range(3):
        arrive(mail(f"letter {number}", From=f"<w{number}@example.org>", Message_ID=f"<{number}@example.org>"))
    with CaptureQueriesContext(connection) as three:
        intake()
    for number in range(3, 20):
        arrive(mail(f"letter {number}", From=f"<w{number}@example.org>", Message_ID=f"<{number}@example.org>"))
    with django_assert_max_num_queries(len(three) + 17 * PER_LETTER):
        intake()
    assert Submission.objects.count() == 20


def test_two_workers_at_one_message_leave_one_of_it(monkeypatch):
    first, second = arrive(mail()), arrive(mail())
    rows = lease(RawMessage.objects.filter(pk__in=[first.pk, second.pk]), 2, 60)
    attempt(rows[0], 5)
    nobody = RawMessage.objects.none()
    monkeypatch.setattr(RawMessageQuerySet, "first_of", lambda *_: nobody)
    attempt(rows[1], 5)
    second.refresh_from_db()
    assert (second.outcome, Submission.objects.count()) == (Outcome.DUPLICATE, 1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows what follows from what")
def test_repeats_are_looked_up_by_an_index():
    assert "raw_message_identity_unique" in RawMessage.objects.first_of(["a" * 64]).explain()


def test_a_second_row_of_one_identity_is_refused_by_the_database():
    first, second = read(mail("x", "List-Id: <n.example.org>")), arrive(mail("y"))
    with pytest.raises(IntegrityError):
        RawMessage.objects.filter(pk=second.pk).update(identity=first.identity, outcome=Outcome.LIST, reason="x")


def test_a_bounce_marks_our_mail_and_its_writers_address(owed):
    message = read(bounce(owed), sender="")
    owed.refresh_from_db()
    writer = Writer.objects.get()
    assert (message.outcome, message.notification, message.submission) == (Outcome.BOUNCE, owed, owed.submission)
    assert (owed.bounce_status, writer.bounce_status, writer.bounced_at) == ("5.1.1", "5.1.1", owed.bounced_at)
    assert Event.objects.get(action=Action.BOUNCE).data == {"notification": owed.pk, "status": "5.1.1"}


@pytest.mark.parametrize(
    "told", [{"action": "delayed", "status": "4.4.1"}, {"action": "delivered"}, {"address": "other@example.org"}]
)
def test_a_delay_or_anothers_bounce_marks_nothing(owed, told):
    message = read(bounce(owed, **told), sender="")
    owed.refresh_from_db()
    assert (message.outcome, message.notification, owed.bounced_at) == (Outcome.BOUNCE, owed, None)
    assert Writer.objects.get().bounced_at is None


def test_a_bounce_of_nothing_of_ours_is_kept(owed):
    owed.message_id = "<unknown@elsewhere.example>"
    message = read(bounce(owed), sender="")
    assert (message.outcome, message.notification, message.submission) == (Outcome.BOUNCE, None, None)


def test_an_automatic_reply_is_tied_to_what_it_answers(owed):
    message = read(mail("I am away.", "Auto-Submitted: auto-replied", f"In-Reply-To: {owed.message_id}"))
    assert (message.outcome, message.notification, message.submission) == (Outcome.AUTO_REPLY, owed, owed.submission)


def test_the_mail_system_vouches_for_an_address(settings):
    settings.AUTHSERV_ID = "mx.wyomingstar.example"
    message = read(mail("Keep it open.", VOUCHED))
    screening()
    submission = Submission.objects.get()
    assert (submission.state, submission.writer.confirmed_how) == (State.QUEUED, ConfirmedHow.VOUCHED)
    assert (message.trust["verdict"], message.trust["by"]) == ("vouched", "dmarc")


def test_a_strangers_word_vouches_for_nothing(settings):
    settings.AUTHSERV_ID = "mx.other.example"
    read(mail("Keep it open.", VOUCHED))
    assert Submission.objects.get().writer.confirmed_at is None


@pytest.mark.parametrize(
    ("junk", "fields", "rule"),
    [(True, (), "junk_folder"), (False, ("X-Spam-Flag: YES",), "spam_verdict")],
)
def test_what_the_mail_system_takes_for_spam_goes_to_the_visible_queue(settings, junk, fields, rule):
    settings.AUTHSERV_ID = "mx.wyomingstar.example"
    arrive(mail("Buy this.", *fields), junk=junk)
    settling_work()
    submission = Submission.objects.get()
    assert (submission.state, Finding.objects.get(rule=rule).submission) == (State.SPAM, submission)


def settling_work():
    intake()
    screening()


def test_the_plus_of_our_address_is_kept():
    assert read(mail(), to="letters+Ab12@wyomingstar.example").extension == "Ab12"
    assert read(mail("y"), to=LETTERS).extension == ""
