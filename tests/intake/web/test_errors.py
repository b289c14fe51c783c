import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, UnreadablePostError
from django.test import Client

from submissions.intake.web import views
from submissions.models import HousePolicy, Paper, Submission
from tests.intake.web.posting import LETTER, csrf_of, filled

TEXT = "Keep this <b>text</b> & do not lose it."
SHOWN = "Keep this &lt;b&gt;text&lt;/b&gt; &amp; do not lose it."


@pytest.fixture(autouse=True)
def _house(house): ...


def failing(error: Exception):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    return fail


def test_expired_form_comes_back_with_its_text_and_can_be_sent_again(house):
    browser = Client(enforce_csrf_checks=True)
    expired = browser.post(LETTER, filled(body=TEXT))
    assert (expired.status_code, expired["Cache-Control"]) == (403, "no-store")
    assert "Nothing is lost: press the button once more." in expired.content.decode()
    assert SHOWN in expired.content.decode()

    again = browser.post(LETTER, filled(body=TEXT, csrfmiddlewaretoken=csrf_of(expired)))

    assert again.status_code == 303
    assert Submission.objects.get().current.body == TEXT


def test_expired_form_keeps_its_key_and_time_mark():
    response = Client(enforce_csrf_checks=True).post(LETTER, filled(key="the-key", started="a:mark"))
    form = response.context["form"]
    assert (form["key"].value(), form["started"].value()) == ("the-key", "a:mark")


def test_expired_page_of_another_room_gives_back_what_was_typed_but_no_password():
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/admin/login/", {"username": "o.sage", "password": "secret", "note_text": TEXT})
    assert page.status_code == 403
    assert "o.sage" in page.content.decode()
    assert SHOWN in page.content.decode()
    assert "Note text" in page.content.decode()
    assert "secret" not in page.content.decode()


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError("disk full")])
def test_letter_that_cannot_be_stored_comes_back_and_says_so(client, monkeypatch, caplog, error):
    monkeypatch.setattr(views, "receive_together", failing(error))
    response = client.post(LETTER, filled(body=TEXT))
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert "It has not been sent. Please press the button again" in response.content.decode()
    assert SHOWN in response.content.decode()
    assert f"letter_form is out of order: {type(error).__name__}" in caplog.messages
    assert TEXT not in caplog.text


def test_database_that_is_gone_still_gives_the_text_back(client, monkeypatch):
    monkeypatch.setattr(type(HousePolicy.objects), "in_force", failing(OperationalError("gone")))
    monkeypatch.setattr(Paper, "current", failing(OperationalError("gone")))
    response = client.post(LETTER, filled(body=TEXT))
    assert response.status_code == 503
    assert SHOWN in response.content.decode()
    assert "<title>We are mending something · Mailbag</title>" in response.content.decode()


def test_paper_without_rules_says_that_it_cannot_take_letters_yet(client, monkeypatch):
    monkeypatch.setattr(type(HousePolicy.objects), "in_force", failing(HousePolicy.DoesNotExist()))
    assert client.get(LETTER).status_code == 503


def test_own_mistake_is_logged_and_gives_the_text_back(client, monkeypatch, caplog):
    monkeypatch.setattr(views, "receive_together", failing(ZeroDivisionError()))
    client.raise_request_exception = False
    response = client.post(LETTER, filled(body=TEXT))
    assert response.status_code == 500
    assert SHOWN in response.content.decode()
    assert "letter_form failed" in caplog.messages


def test_own_mistake_is_shown_to_its_maker_under_debug(client, monkeypatch, settings):
    settings.DEBUG = True
    monkeypatch.setattr(views, "receive_together", failing(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        client.post(LETTER, filled())


@pytest.mark.parametrize("content_type", ["multipart", "application/x-www-form-urlencoded"])
def test_post_larger_than_the_server_reads_comes_back(client, settings, content_type):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    data = filled(body=f"{TEXT} {'word ' * 5_000}", headline="First words")
    if content_type == "multipart":
        response = client.post(LETTER, data)
    else:
        encoded = "&".join(f"{name}={value}" for name, value in data.items()).replace("& do", "%26 do")
        response = client.post(LETTER, encoded, content_type=content_type)
    assert response.status_code == 413
    assert "It was larger than we can take." in response.content.decode()
    assert SHOWN in response.content.decode()
    assert 'value="First words"' in response.content.decode()


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_NUMBER_FILES", "DATA_UPLOAD_MAX_NUMBER_FIELDS"])
def test_post_of_too_many_parts_comes_back(client, settings, limit):
    setattr(settings, limit, 1)
    files = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.txt", b"two")]
    response = client.post(LETTER, filled(body=TEXT, attachments=files))
    assert (response.status_code, SHOWN in response.content.decode()) == (413, True)


def test_post_that_breaks_off_comes_back(client, monkeypatch):
    monkeypatch.setattr(HttpRequest, "_load_post_and_files", failing(UnreadablePostError()))
    response = client.post(LETTER, filled(body=TEXT))
    assert (response.status_code, SHOWN in response.content.decode()) == (400, True)


def test_post_that_is_no_form_at_all_is_answered(client):
    broken = client.post(LETTER, b"junk", content_type="multipart/form-data; boundary=\xff")
    other = client.post(LETTER, b"{}", content_type="application/json")
    assert (broken.status_code, other.status_code) == (400, 422)


def test_unknown_page_says_so_in_the_papers_frame(client, caplog):
    caplog.set_level(logging.ERROR)
    page = client.get("/opinion/2026/11/no-such-piece/")
    assert (page.status_code, "There is no such page" in page.content.decode()) == (404, True)
    assert "Wyoming Star" in page.content.decode()
    assert client.post("/no/such/page/").status_code == 404
