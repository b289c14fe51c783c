"""The pages in a real browser: readable by all, on any screen, whatever a letter holds."""

import pytest
from django.urls import reverse

from submissions.models import ContactAddress, Kind, Party
from submissions.publishing.actions import retract
from tests.browser import sticks_out
from tests.factories import make_house
from tests.publishing.pieces import make_disclaimer, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPT = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


def is_sound(new_page, axe, path):
    """Whether a page is accessible and fits, on a phone and on a desk, by day and by night."""
    for width, dark in ((360, False), (360, True), (0, False), (0, True)):
        page = new_page(path, width=width, dark=dark)
        assert axe(page) == []
        assert not sticks_out(page)


@pytest.mark.parametrize("name", ["front", "opinion", "policy", "contact", "corrections"])
def test_empty_pages_are_sound(new_page, axe, name):
    is_sound(new_page, axe, reverse(name))


@pytest.mark.parametrize("name", ["front", "opinion", "policy", "contact", "corrections"])
def test_full_pages_are_sound(new_page, axe, name):
    make_house()
    ContactAddress.objects.create(desk="Letters", address="letters@wyomingstar.example", purpose="Send one.")
    make_publication()
    make_publication(kind=Kind.OPINION, headline="")
    retract(make_publication(), by=Party.SYSTEM, reason="An error.")

    is_sound(new_page, axe, reverse(name))


def test_article_is_sound_and_asks_nobody_else_for_anything(new_page, axe, live_server):
    make_house()
    make_disclaimer("tie", "interests", placement="top")
    path = make_publication(interests="A board.", in_response_to="https://news.example/a").get_absolute_url()
    is_sound(new_page, axe, path)

    page, asked = new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)

    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_retracted_article_is_sound(new_page, axe):
    make_house()
    publication = make_publication()
    retract(publication, by=Party.SYSTEM, reason="An error.")

    is_sound(new_page, axe, publication.get_absolute_url())


def test_article_of_long_words_fits_a_phone(new_page):
    make_house()
    publication = make_publication(
        headline="W" * 200,
        name="N" * 100,
        city="T" * 100,
        body="x" * 500,
        in_response_to="https://a.example/" + "y" * 300,
    )

    for path in (publication.get_absolute_url(), reverse("front"), reverse("opinion")):
        assert not sticks_out(new_page(path, width=360))


def test_hostile_article_runs_nothing(new_page):
    make_house()
    publication = make_publication(headline=SCRIPT, name=SCRIPT, city=SCRIPT, body=SCRIPT, in_response_to=SCRIPT)
    path = publication.get_absolute_url()

    for address in (path, reverse("front"), reverse("opinion")):
        page = new_page(address)
        assert page.title() != "run"
        assert page.locator("img").count() == 0
    assert new_page(path).locator("h1").inner_text() == SCRIPT


def test_response_link_fills_in_what_is_answered(new_page, settings):
    make_house()
    page = new_page(make_publication().get_absolute_url())

    page.get_by_text("Respond to this letter").click()

    assert page.get_by_label("In response to").input_value().startswith(f"{settings.SITE_URL}/opinion/")


def test_printed_article_keeps_its_disclaimers_and_drops_the_links(new_page):
    make_house()
    page = new_page(make_publication().get_absolute_url())

    page.emulate_media(media="print")

    assert page.get_by_text("The views are the writer's own.").is_visible()
    assert not page.get_by_text("Respond to this letter").is_visible()
    assert not page.get_by_role("navigation").first.is_visible()
