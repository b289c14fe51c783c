import pytest

from submissions.lifecycle import IllegalMove, StaleSubmission
from submissions.models import ConfirmedHow, Forward, Notification, Party, SignedBy, SignOff, Writer
from submissions.moderation.attribution import NoAuthor, agree, ask_author, attribute
from submissions.moderation.verification import confirm
from submissions.publishing.gate import why_not
from submissions.publishing.sign_off import SignOffOwed, make_ready
from submissions.states import Action, State
from tests import factories
from tests.moderation.conftest import review

pytestmark = pytest.mark.django_db

ASKS_AUTHOR = "Somebody passed it on: settle whose it is, and let its author agree."


@pytest.fixture
def passed_on(house):
    """A doubtful forward: W. Prairie sent what seems to be Ida Hale's."""
    submission = factories.make_submission(State.UNCONFIRMED, body="See below.\n\nKeep it open.", channel="email")
    Forward.objects.create(
        submission=submission,
        author_name="Ida Hale",
        author_address="Ida@hale.example",
        subject="The footbridge",
        body="Keep it open.",
        forwarder_name="W. Prairie",
        forwarder_address="w.prairie@example.org",
        covering="See below.",
        how="inline",
        confidence="low",
    )
    return submission


def settle(submission, editor, signed_by=SignedBy.AUTHOR):
    event = attribute(submission, by=editor, expecting=submission.version, signed_by=signed_by)
    submission.refresh_from_db()
    return event


def test_an_author_signs_with_their_words_alone(passed_on, letters_editor):
    event = settle(passed_on, letters_editor)
    text = passed_on.current
    assert (passed_on.name, passed_on.email, passed_on.writer.email) == (
        "Ida Hale",
        "Ida@hale.example",
        "ida@hale.example",
    )
    assert (text.headline, text.body, text.byline) == ("The footbridge", "Keep it open.", "Ida Hale, Laramie")
    assert (event.action, event.data["to"], passed_on.state) == (Action.ATTRIBUTE, "author", State.UNCONFIRMED)
    assert Forward.objects.get().decided_by == letters_editor


def test_a_forwarder_signs_all_that_they_sent(passed_on, letters_editor):
    settle(passed_on, letters_editor)
    settle(passed_on, letters_editor, SignedBy.FORWARDER)
    assert (passed_on.name, passed_on.current.body) == ("W. Prairie", "See below.\n\nKeep it open.")
    assert passed_on.current.headline == "The footbridge"


def test_an_author_confirmed_before_moves_on(passed_on, letters_editor):
    confirm(Writer.objects.known_by("ida@hale.example", name="Ida"), ConfirmedHow.LINK, by=Party.WRITER)
    settle(passed_on, letters_editor)
    assert passed_on.state == State.QUEUED


def test_settling_an_old_version_changes_nothing(passed_on, letters_editor):
    with pytest.raises(StaleSubmission):
        attribute(passed_on, by=letters_editor, expecting=passed_on.version + 1, signed_by=SignedBy.AUTHOR)
    assert Forward.objects.get().signed_by == SignedBy.OPEN


def test_what_nobody_passed_on_is_not_settled(letters_editor):
    with pytest.raises(IllegalMove):
        settle(factories.make_submission(State.QUEUED), letters_editor)


def test_asking_the_author_owes_one_mail(passed_on, letters_editor):
    settle(passed_on, letters_editor)
    for _ in range(2):
        ask_author(passed_on, by=letters_editor)
    mail = Notification.objects.get()
    assert (mail.template, mail.to) == ("forwarded", "Ida@hale.example")


def test_before_it_is_settled_nobody_is_asked(passed_on, letters_editor):
    with pytest.raises(NoAuthor):
        ask_author(passed_on, by=letters_editor)
    assert not Notification.objects.exists()


def test_agreeing_confirms_the_address_and_signs_the_text(passed_on, letters_editor):
    settle(passed_on, letters_editor)
    agree(passed_on)
    passed_on.refresh_from_db()
    assert (passed_on.state, passed_on.writer.confirmed_how) == (State.QUEUED, "link")
    assert SignOff.objects.get().revision == passed_on.current
    assert Forward.objects.get().agreed_at is not None


@pytest.mark.parametrize("signed_by", [SignedBy.OPEN, SignedBy.AUTHOR])
def test_nothing_unwrapped_runs_before_its_author_agrees(passed_on, letters_editor, chief, signed_by):
    Forward.objects.update(signed_by=signed_by)
    confirm(passed_on.writer, ConfirmedHow.VOUCHED, by=Party.SYSTEM)
    passed_on.refresh_from_db()
    factories.move(passed_on, State.ACCEPTED, by=letters_editor, expecting=passed_on.version)
    for waive in ("", "space"):
        with pytest.raises(SignOffOwed):
            make_ready(passed_on, by=chief, expecting=passed_on.version, waive=waive)
    assert ASKS_AUTHOR in why_not(passed_on)


def test_an_author_who_agrees_by_phone_agrees(passed_on, letters_editor):
    settle(passed_on, letters_editor)
    confirm(passed_on.writer, ConfirmedHow.CALL, by=letters_editor)
    passed_on.refresh_from_db()
    factories.move(passed_on, State.ACCEPTED, by=letters_editor, expecting=passed_on.version)
    make_ready(passed_on, by=letters_editor, expecting=passed_on.version, how="phone")
    assert (why_not(passed_on), Forward.objects.get().agreed_at is None) == ([], False)


def test_another_signature_needs_another_agreement(passed_on, letters_editor):
    settle(passed_on, letters_editor)
    agree(passed_on)
    passed_on.refresh_from_db()
    settle(passed_on, letters_editor, SignedBy.FORWARDER)
    settle(passed_on, letters_editor)
    assert Forward.objects.get().awaits_author


def test_the_page_shows_both_side_by_side_and_asks(desk, passed_on):
    page = desk.get(review(passed_on)).content.decode()
    for told in ("Whose letter is it?", "Ida Hale", "Ida@hale.example", "w.prairie@example.org", "See below."):
        assert told in page
    assert page.count("It is theirs") == 2


def test_one_click_settles_it(desk, decide, passed_on):
    assert decide(passed_on, "attribute", signed_by="author").status_code == 302
    page = desk.get(review(passed_on)).content.decode()
    assert "Ask the author" in page
    assert "It cannot run before its author agrees" in page
