"""The forms and the writer's pages in a real browser, with and without JavaScript, in the light and in the dark."""

import pytest
from playwright.sync_api import Page, expect

from submissions.intake.web import throttle
from submissions.models import Forward, Submission
from submissions.states import State
from submissions.tokens import complete_token, confirm_token
from tests import factories
from tests.browser import sticks_out
from tests.intake.web.posting import LETTER, OPINION, new_policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "The footbridge over the tracks was closed without a word to those who walk it."
SEND = "form.letter .send > button"


@pytest.fixture(autouse=True)
def _house():
    factories.make_house()
    new_policy(minimum_fill_seconds=0)


def fill(page: Page, body: str = TEXT) -> None:
    page.fill("#id_body", body)
    page.fill("#id_name", "W. Prairie")
    page.fill("#id_city", "Laramie")
    page.fill("#id_email", "w.prairie@example.org")
    page.check("#id_consent")


def pages() -> dict[str, str]:
    queued = factories.make_submission(State.QUEUED, body="word " * 272)
    waiting = factories.make_submission(email="o.sage@example.org")
    mailed = factories.make_submission(email="p.lark@example.org", channel="email", city="", consented=False)
    Forward.objects.create(submission=mailed, how="inline", confidence="high", signed_by="author")
    whole = factories.make_submission(email="i.hale@example.org", channel="email")
    return {
        "letter": LETTER,
        "opinion": OPINION,
        "ask": "/track/",
        "status": queued.get_absolute_url(),
        "withdraw": f"{queued.get_absolute_url()}withdraw/",
        "unknown": "/track/x/",
        "lost": "/track/lost/sent/",
        "confirm": f"/confirm/{confirm_token(waiting.writer)}/",
        "confirmed": f"/confirm/{confirm_token(queued.writer)}/",
        "complete": f"/complete/{complete_token(mailed)}/",
        "completed": f"/complete/{complete_token(whole)}/",
        "bad link": "/confirm/x/",
        "no page": "/no/such/page/",
    }


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_is_accessible_and_fits_a_phone(new_page, axe, dark):
    page = new_page(dark=dark, width=360)
    for name, place in pages().items():
        page.goto(place)
        assert (name, axe(page), sticks_out(page)) == (name, [], False)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_letter_is_sent_and_its_writer_sees_the_code(new_page, javascript):
    page = new_page(LETTER, width=360, javascript=javascript)
    fill(page)
    page.click(SEND)
    page.wait_for_url("**/track/**")
    letter = Submission.objects.get()
    assert (page.inner_text("h1"), page.inner_text(".reference")) == ("We have it", str(letter))
    assert (letter.current.body, letter.findings.count()) == (TEXT, 0)
    page.reload()
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_errors_are_listed_on_top_lead_to_their_fields_and_are_accessible(new_page, axe, dark):
    page = new_page(LETTER, dark=dark, width=360)
    page.fill("#id_body", TEXT)
    page.fill("#id_phone", "12")
    page.click(SEND)
    expect(page.locator("#summary")).to_be_focused()
    assert (axe(page), sticks_out(page)) == ([], False)
    page.click("#summary a >> text=Give your town")
    expect(page.locator("#id_city")).to_be_focused()
    assert page.input_value("#id_body") == TEXT
    assert page.get_attribute("#id_phone", "aria-invalid") == "true"


def test_words_are_counted_as_the_server_counts_them(new_page):
    page = new_page(LETTER)
    page.fill("#id_body", "It’s two-fold — isn’t it?\n\n… 42 кот")
    assert page.inner_text("#count") == "6 of 250 words"
    page.fill("#id_body", "word " * 1_272)
    assert page.inner_text("#count") == "1,272 of 250 words: we may cut it, or ask you to"
    assert page.inner_text("#count-said") == page.inner_text("#count")


def test_draft_stays_on_the_device_until_it_is_sent(new_page):
    page = new_page(LETTER)
    fill(page)
    page.wait_for_selector("#draft:visible")
    page.goto("/track/")
    page.goto(LETTER)
    assert (page.input_value("#id_body"), page.input_value("#id_city")) == (TEXT, "Laramie")
    assert not page.is_checked("#id_consent")

    page.check("#id_consent")
    page.click(SEND)
    page.wait_for_url("**/track/**")
    page.goto(LETTER)
    assert page.input_value("#id_body") == ""


def test_draft_can_be_cleared(new_page):
    page = new_page(OPINION)
    fill(page)
    page.click("#draft-clear")
    assert (page.input_value("#id_body"), page.is_visible("#draft")) == ("", False)
    page.reload()
    assert page.input_value("#id_body") == ""


def test_draft_outlives_a_letter_that_was_refused(new_page):
    page = new_page(LETTER)
    page.fill("#id_body", TEXT)
    page.click(SEND)
    page.wait_for_selector("#summary")
    page.goto(LETTER)
    assert page.input_value("#id_body") == TEXT


def test_expired_form_is_sent_with_one_press_more(new_page, axe):
    page = new_page(LETTER)
    fill(page)
    page.context.clear_cookies()
    page.click(SEND)
    page.wait_for_selector("text=The form had expired")
    assert axe(page) == []
    page.click(SEND)
    page.wait_for_url("**/track/**")
    assert Submission.objects.get().current.body == TEXT


def test_writer_finds_withdraws_and_restores_a_letter(new_page):
    letter = factories.make_submission(State.QUEUED)
    page = new_page("/track/")
    page.fill("#reference", letter.reference.lower())
    page.click("text=Show how it stands")
    page.click("text=Withdraw it")
    page.click("button >> text=Withdraw it")
    page.click("text=Take the withdrawal back")
    page.click("button >> text=Take it back")
    expect(page.locator("h1")).to_have_text("It is with the editors")


def test_writer_confirms_by_the_button(new_page):
    letter = factories.make_submission()
    page = new_page(f"/confirm/{confirm_token(letter.writer)}/", javascript=False)
    page.click("text=Yes, this is my address")
    expect(page.locator("h1")).to_have_text("Your address is confirmed")


def test_long_unbroken_and_right_to_left_text_stays_inside(new_page, axe):
    letter = factories.make_submission(State.QUEUED, headline="م" * 250, body="W" * 5_000)
    page = new_page(letter.get_absolute_url(), width=360)
    assert (sticks_out(page), axe(page)) == (False, [])


def test_form_at_twice_its_text_size_and_in_forced_colours_fits(new_page, axe):
    page = new_page(LETTER, width=640, forced_colors="active")
    page.emulate_media(forced_colors="active")
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert (sticks_out(page), axe(page)) == (False, [])


def test_too_many_wrong_codes_say_so_accessibly(new_page, axe, monkeypatch):
    monkeypatch.setattr(throttle, "MISSES_PER_HOUR", 1)
    page = new_page("/track/x/")
    page.goto("/track/y/")
    assert (page.inner_text("h1"), axe(page)) == ("That was a lot at once", [])
