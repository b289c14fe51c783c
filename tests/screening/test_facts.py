from datetime import timedelta

import pytest
from django.utils import timezone

from submissions import storage
from submissions.intake.receive import File
from submissions.models import Channel, Kind, Noticed, Publication, RawMessage, Severity, SignOff, Submission
from submissions.screening.draft import SentFile
from submissions.screening.facts import load, policy_of
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db

HEAD = (
    b"Message-ID: <one@example.org>\r\nTo: letters@wyomingstar.example, letters@tribune.example\r\n"
    b"Subject: Bridge\r\n\r\nText"
)


@pytest.fixture(autouse=True)
def _house(house): ...


def received(**fields):
    return factories.make_submission(State.RECEIVED, **fields)


def ran(submission, days_ago):
    """A publication of it, so many days ago."""
    text = submission.current
    sign_off = SignOff.objects.create(submission=submission, revision=text, sha256=text.sha256, basis="not_owed")
    at = timezone.now() - timedelta(days=days_ago)
    return Publication.objects.create(
        submission=submission,
        revision=text,
        sign_off=sign_off,
        kind="letter",
        disclaimers=[{"text": "The writer's own."}],
        published_at=at,
        year=at.year,
        month=at.month,
        slug=f"letter-{submission.pk}",
    )


def mail(submission, **fields):
    return RawMessage.objects.create(
        door="lmtp", kind="letter", sha256="0" * 64, size=9, outcome="submission", submission=submission, **fields
    )


def facts(submission):
    return load([submission])[submission.pk]


def test_draft_holds_what_was_sent():
    photo = File(name="bridge.jpg", content=b"photo", media_type="image/jpeg")
    draft = facts(received(files=(photo,), phone="+13075550134", exclusive=False)).draft
    assert (draft.body, draft.headline, draft.paper) == (factories.TEXT, "Keep the footbridge open", "Wyoming Star")
    assert (draft.name, draft.phone, draft.exclusive) == ("W. Prairie", "+13075550134", False)
    assert draft.files == (SentFile(name="bridge.jpg", media_type="image/jpeg", size=5),)


def test_published_pieces_of_the_writer_count_within_the_policys_days():
    recent = ran(received(body="One"), days_ago=29)
    ran(received(body="Two"), days_ago=31)
    ran(received(body="Three", email="other@example.org"), days_ago=1)
    assert facts(received(body="Four")).draft.history.published == (recent.published_at,)


def test_submitted_pieces_count_when_they_came_before_and_were_no_spam():
    first = received(body="One")
    second = received(body="Two")
    factories.make_submission(State.SPAM, body="Three")
    received(body="Four", received_at=timezone.now() - timedelta(days=31))
    assert facts(second).draft.history.submitted == (first.received_at,)
    assert facts(first).draft.history.submitted == ()


def test_the_same_text_is_found_across_writers_and_only_backwards():
    first = received()
    second = received(email="other@example.org", body=factories.TEXT.upper())
    third = received()
    history = facts(third).draft.history
    assert (history.same_text, history.same_text_writers) == ((first.pk, second.pk), 1)
    assert facts(first).draft.history.same_text == ()


def test_empty_texts_are_not_the_same_text():
    received(body="")
    assert facts(received(body=" ")).draft.history.same_text == ()


def test_a_mails_headers_are_read_from_the_row():
    submission = received(channel=Channel.EMAIL)
    mail(submission, content=HEAD)
    known = facts(submission)
    assert (known.message_id, known.draft.also_to) == ("<one@example.org>", ("letters@tribune.example",))


def test_a_large_mails_headers_are_read_from_its_file():
    submission = received(channel=Channel.EMAIL)
    mail(submission, file=storage.keep(HEAD))
    assert facts(submission).message_id == "<one@example.org>"


@pytest.mark.parametrize("name", [None, "aa/" + "aa" * 32, "../../etc/passwd"])
def test_a_mail_whose_bytes_are_gone_has_no_headers(name):
    submission = received(channel=Channel.EMAIL)
    mail(submission, file=name)
    assert facts(submission).message_id == ""


def test_what_the_door_noticed_is_known():
    trap = Noticed(rule="too_fast", severity=Severity.STOP, message="A machine.")
    assert facts(received(findings=(trap,))).noticed == frozenset({"too_fast"})


def test_the_policy_is_that_of_the_kind_it_is_now():
    submission = received(kind=Kind.UNSORTED)
    assert policy_of(submission) == submission.policy
    submission.kind = Kind.OPINION
    assert policy_of(submission).kind == Kind.OPINION


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, count):
    batch = [received(body=f"Text {n}", channel=Channel.EMAIL, email=f"{n}@example.org") for n in range(count)]
    fresh = list(Submission.objects.filter(pk__in=[row.pk for row in batch]))
    with django_assert_num_queries(10):
        load(fresh)
