import pytest

from submissions.states import State
from submissions.tokens import confirm_token
from tests import factories


@pytest.fixture
def letter(house):
    return factories.make_submission(State.UNCONFIRMED)


def test_opening_the_link_shows_a_button_and_changes_nothing(client, letter):
    page = client.get(f"/confirm/{confirm_token(letter.writer)}/")
    letter.refresh_from_db()
    assert ("Yes, this is my address" in page.content.decode(), letter.state) == (True, State.UNCONFIRMED)
    assert page["Cache-Control"] == "no-store"


def test_button_confirms_and_moves_what_waited(client, letter):
    page = client.post(f"/confirm/{confirm_token(letter.writer)}/", follow=True)
    letter.refresh_from_db()
    letter.writer.refresh_from_db()
    assert (letter.state, letter.writer.confirmed_how) == (State.QUEUED, "link")
    assert "Your address is confirmed" in page.content.decode()
    assert letter.events.last().party == "writer"


def test_used_link_shows_the_outcome(client, letter):
    place = f"/confirm/{confirm_token(letter.writer)}/"
    pages = [client.post(place, follow=True), client.post(place, follow=True), client.get(place)]
    assert all("There is nothing more for you to do." in page.content.decode() for page in pages)
    assert letter.events.filter(action="confirm").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_bad_link_says_what_to_do(client, house, method):
    page = getattr(client, method)("/confirm/forged:token/")
    assert (page.status_code, "copy the whole link" in page.content.decode()) == (404, True)
