import pytest

from submissions.lifecycle import LifecycleError
from submissions.models import HousePolicy, Party, Submission, Suggestion
from submissions.moderation.actions import edit
from submissions.moderation.details import fill_in, take_suggestion
from submissions.screening.actions import rescreen
from submissions.screening.tasks import screening
from submissions.states import Action, State
from tests import factories
from tests.moderation.conftest import review

pytestmark = pytest.mark.django_db


def suggest(submission, field, value):
    return Suggestion.objects.create(submission=submission, field=field, value=value, words=f"I am in {value}")


def test_a_suggestion_is_taken_once_and_fills_byline_and_writer(letters_editor):
    letter = factories.make_submission(State.QUEUED, city="")
    found = suggest(letter, "city", "Sheridan")
    event = take_suggestion(letter, by=letters_editor, suggestion=found.pk)
    letter.refresh_from_db()
    assert (letter.city, letter.writer.city, letter.current.byline) == ("Sheridan", "Sheridan", "W. Prairie, Sheridan")
    assert (event.action, event.data, letter.current.body) == (Action.COMPLETE, {"fields": ["city"]}, factories.TEXT)
    with pytest.raises(LifecycleError):
        take_suggestion(letter, by=letters_editor, suggestion=found.pk)


def test_a_byline_that_an_editor_wrote_stays(letters_editor):
    letter = factories.make_submission(State.QUEUED, city="")
    text = letter.current
    edit(
        letter,
        by=letters_editor,
        expecting=letter.version,
        headline=text.headline,
        body=text.body,
        byline="A neighbor",
        reason="headline",
    )
    fill_in(letter, {"city": "Sheridan"}, by=letters_editor)
    letter.refresh_from_db()
    assert (letter.city, letter.current.byline) == ("Sheridan", "A neighbor")


def test_what_is_known_of_a_writer_is_not_changed(house):
    letter = factories.make_submission(State.QUEUED)
    fill_in(letter, {"city": "Sheridan", "phone": "+13075550134"}, by=Party.WRITER)
    letter.refresh_from_db()
    assert (letter.city, letter.writer.city, letter.writer.phone) == ("Sheridan", "Laramie", "+13075550134")


def test_a_phone_number_changes_no_text(house):
    letter = factories.make_submission(State.QUEUED)
    version = letter.version
    fill_in(letter, {"phone": "+13075550134"}, by=Party.WRITER)
    letter.refresh_from_db()
    assert (letter.version, letter.current.number) == (version, 0)


def test_the_page_offers_suggestions_and_one_click_takes_one(desk, decide):
    letter = factories.make_submission(State.QUEUED, city="")
    found = suggest(letter, "city", "Sheridan")
    page = desk.get(review(letter)).content.decode()
    assert "Take town: <bdi>Sheridan</bdi>" in page
    assert decide(letter, "take", suggestion=found.pk).status_code == 302
    assert "Take town" not in desk.get(review(letter)).content.decode()


def test_what_was_missing_is_looked_at_again(house):
    letter = factories.make_submission(State.QUEUED, phone="")
    screen_with(letter, ["name", "phone"])
    assert letter.findings.get(rule="identity").data == {"fields": ["phone"]}
    fill_in(letter, {"phone": "+13075550134"}, by=Party.WRITER)
    screening()
    assert not letter.findings.filter(rule="identity").exists()


def screen_with(letter, required):
    """Screen a letter under rules that require some fields."""
    policy = HousePolicy.objects.create(kind="letter", number=9, required_fields=required, terms="Mine.")
    Submission.objects.filter(pk=letter.pk).update(policy=policy)
    letter.refresh_from_db()
    rescreen(letter)
