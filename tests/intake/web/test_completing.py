import pytest

from submissions.lifecycle import move
from submissions.models import AiUse, Finding, Forward, HousePolicy, Party, Submission, Suggestion
from submissions.moderation.asking import ask_to_paste
from submissions.states import Action, State
from submissions.tokens import complete_token
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(house):
    """A mail without a town, and without anybody's word on the terms."""
    return factories.make_submission(State.UNCONFIRMED, channel="email", city="", consented=False)


def place(submission):
    return f"/complete/{complete_token(submission)}/"


GIVEN = {"city": "Sheridan", "role": "candidate", "ai_use": "none", "consent": "on"}


def test_opening_the_link_asks_for_what_is_missing_and_changes_nothing(client, letter):
    page = client.get(place(letter))
    letter.refresh_from_db()
    assert list(page.context["form"].fields)[:2] == ["city", "role"]
    assert (letter.state, letter.city, page["Cache-Control"]) == (State.UNCONFIRMED, "", "no-store")


def test_what_the_sign_off_says_is_filled_in_for_the_writer_to_correct(client, letter):
    Suggestion.objects.create(submission=letter, field="city", value="Ten Sleep", words="Ten Sleep")
    assert 'value="Ten Sleep"' in client.get(place(letter)).content.decode()
    client.post(place(letter), GIVEN)
    letter.refresh_from_db()
    assert (letter.city, Suggestion.objects.count()) == ("Sheridan", 0)


def test_the_button_keeps_it_confirms_the_address_and_looks_at_the_text_anew(client, letter):
    page = client.post(place(letter), GIVEN, follow=True)
    letter.refresh_from_db()
    assert (letter.city, letter.role, letter.ai_use, letter.state) == (
        "Sheridan",
        "candidate",
        AiUse.NONE,
        State.QUEUED,
    )
    assert (letter.current.byline, letter.consented_at is None) == ("W. Prairie, Sheridan", False)
    assert not letter.findings.filter(rule="identity").exists()
    assert letter.events.filter(action=Action.COMPLETE, party=Party.WRITER).exists()
    assert "We have everything" in page.content.decode()


def test_what_is_missing_still_is_asked_for_with_what_was_typed(client, letter):
    page = client.post(place(letter), {**GIVEN, "city": "", "interests": "I own the land"})
    assert (page.status_code, "Give your town." in page.content.decode()) == (422, True)
    assert "I own the land" in page.content.decode()


def test_a_used_link_shows_the_outcome(client, letter):
    pages = [client.post(place(letter), GIVEN, follow=True), client.post(place(letter), GIVEN, follow=True)]
    letter.refresh_from_db()
    pages.append(client.get(place(letter)))
    assert all("We have everything" in page.content.decode() for page in pages)


def test_a_text_that_was_asked_for_is_pasted_and_taken_up_again(client, house):
    editor = factories.make_user()
    letter = factories.make_submission(State.QUEUED, channel="email", body="See attached.")
    ask_to_paste(letter, by=editor, expecting=letter.version)
    client.post(place(letter), {"body": "Keep it open, please."})
    letter.refresh_from_db()
    assert (letter.state, letter.current.body, letter.current.editor) == (State.QUEUED, "Keep it open, please.", None)
    assert letter.own_text() == letter.current


def test_a_text_that_cannot_be_read_here_is_asked_for_at_once(client, letter):
    Finding.objects.create(
        submission=letter,
        revision=letter.current,
        policy=letter.policy,
        rule="unreadable",
        severity="warn",
        message="x",
    )
    assert list(client.get(place(letter)).context["form"].fields)[:2] == ["body", "city"]
    client.post(place(letter), {**GIVEN, "body": "Keep it open, please."})
    letter.refresh_from_db()
    assert (letter.current.body, letter.lacks_text) == ("Keep it open, please.", False)


def test_an_author_sees_the_text_and_agrees(client, letter):
    Forward.objects.create(submission=letter, how="inline", confidence="high", signed_by="author")
    page = client.get(place(letter)).content.decode()
    assert ("Did you write this?" in page, "An inspection takes a week." in page) == (True, True)
    client.post(place(letter), GIVEN)
    assert Forward.objects.get().agreed_at is not None


def test_what_has_been_decided_asks_for_nothing(client, letter):
    move(letter, State.DECLINED, by=Party.SYSTEM, expecting=letter.version)
    for page in (client.get(place(letter)), client.post(place(letter), GIVEN)):
        assert "Nothing is needed any more" in page.content.decode()
    letter.refresh_from_db()
    assert letter.city == ""


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_says_what_to_do(client, house, method):
    page = getattr(client, method)("/complete/forged:token/")
    assert (page.status_code, "copy the whole link" in page.content.decode()) == (404, True)


def test_a_link_dies_when_another_signs(client, letter):
    link = place(letter)
    letter.writer.__class__.objects.filter(pk=letter.writer_id).update(email="other@example.org")
    assert client.get(link).status_code == 404


def test_an_address_that_only_the_writer_is_known_by_is_not_asked_for(client, letter):
    rules = HousePolicy.objects.create(
        kind=letter.policy.kind, number=2, max_words=800, terms="As before.", required_fields=["name", "email"]
    )
    Submission.objects.filter(pk=letter.pk).update(email="", policy=rules)
    assert "email" not in client.get(place(letter)).context["form"].fields
    client.post(place(letter), GIVEN)
    assert "completed" in client.get(place(letter)).templates[0].name
