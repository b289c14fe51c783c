import pytest

from submissions.intake.web import throttle, tracking
from submissions.lifecycle import StaleSubmission
from submissions.models import Event, Notification
from submissions.models.reference import new_reference, spaced_reference
from submissions.states import State
from tests import factories


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.fixture
def letter():
    return factories.make_submission(State.QUEUED)


def test_typed_reference_leads_to_its_page(client, letter):
    typed = f" {letter.reference.lower()[:8]} {letter.reference[8:]}"
    response = client.post("/track/", {"reference": typed}, follow=True)
    assert response.redirect_chain == [(letter.get_absolute_url(), 303)]
    assert response.context["status"].title == "It is with the editors"


def test_nothing_typed_is_asked_for_again(client):
    response = client.post("/track/", {"reference": " / "})
    assert (response.status_code, "Type your code here" in response.content.decode()) == (422, True)


def test_unknown_and_mistyped_references_get_one_and_the_same_page(client, letter):
    unknown = client.get(f"/track/{spaced_reference(new_reference())}/")
    mistyped = [client.get(f"/track/{typed}/") for typed in ("x", "0000-OOOO", letter.reference[:-1], "<b>")]
    assert {(page.status_code, page.content) for page in [unknown, *mistyped]} == {(404, unknown.content)}


def test_wrong_reference_typed_leads_to_that_page_too(client):
    response = client.post("/track/", {"reference": "abc/../<x>" * 20}, follow=True)
    place, _ = response.redirect_chain[0]
    assert (response.status_code, len(place)) == (404, len("/track//") + 40)


@pytest.mark.parametrize("tail", ["", "withdraw/", "restore/"])
def test_pages_of_a_reference_are_nobody_elses(client, letter, tail):
    for place in (f"{letter.get_absolute_url()}{tail}", f"/track/unknown/{tail}", "/track/"):
        page = client.get(place)
        assert page["Cache-Control"] == "no-store"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert page["Referrer-Policy"].startswith("no-referrer")


def test_page_without_a_form_sends_no_referrer_at_all(client, letter):
    assert client.get(letter.get_absolute_url())["Referrer-Policy"] == "no-referrer"
    assert client.get("/track/")["Referrer-Policy"] == "no-referrer, same-origin"


def test_wrong_references_are_rationed_and_then_right_ones_too(client, letter, monkeypatch):
    monkeypatch.setattr(throttle, "MISSES_PER_HOUR", 2)
    right = letter.get_absolute_url()
    answers = [client.get(place).status_code for place in (right, "/track/x/", right, "/track/y/", right)]
    assert answers == [200, 404, 200, 404, 429]
    page = client.get(right)
    assert (page["Retry-After"], "That was a lot at once" in page.content.decode()) == ("1800", True)


def test_withdrawing_asks_first_and_can_be_taken_back(client, letter):
    place = letter.get_absolute_url()
    assert "Withdraw it?" in client.get(f"{place}withdraw/").content.decode()
    letter.refresh_from_db()
    assert letter.state == State.QUEUED

    client.post(f"{place}withdraw/")
    letter.refresh_from_db()
    assert letter.state == State.WITHDRAWN
    assert "Take the withdrawal back?" in client.get(f"{place}restore/").content.decode()

    client.post(f"{place}restore/")
    letter.refresh_from_db()
    assert letter.state == State.QUEUED
    assert list(Event.objects.filter(party="writer").values_list("action", flat=True))[-2:] == ["withdraw", "restore"]


@pytest.mark.parametrize("tail", ["withdraw/", "restore/"])
def test_what_cannot_be_done_leads_back_to_the_page(client, tail):
    declined = factories.make_submission(State.DECLINED, by=factories.make_user())
    response = client.post(f"{declined.get_absolute_url()}{tail}")
    assert (response.status_code, response["Location"]) == (303, declined.get_absolute_url())


def test_collision_with_an_editor_asks_to_look_again(client, letter, monkeypatch):
    def collide(*_args: object, **_kwargs: object) -> None:
        raise StaleSubmission

    monkeypatch.setattr(tracking.withdrawal, "withdraw", collide)
    response = client.post(f"{letter.get_absolute_url()}withdraw/")
    assert (response.status_code, "Please look, then press the button again" in response.content.decode()) == (
        409,
        True,
    )


def test_unknown_reference_cannot_be_withdrawn(client):
    assert client.post("/track/x/withdraw/").status_code == 404


def test_lost_codes_go_to_the_address_and_the_answer_is_always_the_same(client, letter):
    answers = [
        client.post("/track/lost/", {"email": email}, follow=True)
        for email in ("W.Prairie@example.org", "stranger@example.org", "w.prairie@example.org")
    ]
    assert {answer.content for answer in answers} == {answers[0].content}
    owed = Notification.objects.get(template="reference")
    assert (owed.to, owed.submission) == ("w.prairie@example.org", letter)


def test_lost_codes_are_rationed_in_silence(client, letter, monkeypatch):
    monkeypatch.setattr(throttle, "LOST_CODES_PER_HOUR", 1)
    for email in ("stranger@example.org", "w.prairie@example.org"):
        assert client.post("/track/lost/", {"email": email}, follow=True).status_code == 200
    assert not Notification.objects.filter(template="reference").exists()


def test_half_an_address_is_given_back(client):
    page = client.post("/track/lost/", {"email": "w.prairie@"})
    assert page.status_code == 422
    assert 'value="w.prairie@"' in page.content.decode()
    assert "Write one whole email address" in page.content.decode()


def test_opening_pages_changes_nothing(client, letter):
    events = Event.objects.count()
    for tail in ("", "withdraw/", "restore/"):
        client.get(f"{letter.get_absolute_url()}{tail}")
    assert client.get("/track/lost/").status_code == 405
    assert Event.objects.count() == events
