import json
import re

import pytest
from django.urls import reverse

from submissions.erasure import erase
from submissions.models import ContactAddress, HousePolicy, Kind, Paper, Party
from submissions.publishing import views
from submissions.publishing.actions import retract
from tests.publishing.pieces import make_disclaimer, make_publication

pytestmark = pytest.mark.django_db


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_front_says_what_is_asked_and_shows_the_latest(client, house):
    publication = make_publication()

    page = read(client, reverse("front"))

    assert f'href="{reverse("letter_form")}"' in page
    assert f'href="{reverse("opinion_form")}"' in page
    assert "250 words or fewer" in page
    assert "800 words or fewer" in page
    assert f'href="{publication.get_absolute_url()}"' in page


@pytest.mark.parametrize("name", ["front", "opinion", "policy", "contact", "corrections"])
def test_pages_stand_before_the_paper_is_seeded(client, name):
    assert 'class="empty"' in read(client, reverse(name))


@pytest.mark.parametrize("name", ["front", "opinion", "policy", "contact", "corrections"])
def test_pages_are_for_reading_only(client, name):
    assert client.post(reverse(name)).status_code == 405


def test_page_that_has_not_changed_is_not_sent_again(client, house):
    address = make_publication().get_absolute_url()
    tag = client.get(address).headers["ETag"]

    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    Paper.objects.update(footer="Another foot.")
    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_policy_shows_the_rules_in_force_of_each_kind(client, house):
    HousePolicy.objects.create(kind=Kind.LETTER, number=2, terms="New terms.", rules_text=["Be brief."], proof="never")

    page = read(client, reverse("policy"))

    assert "Be brief." in page
    assert "New terms." in page
    assert "250 words or fewer" not in page
    assert "800 words or fewer" in page


def test_policy_shows_the_disclaimers_in_force_and_when_they_apply(client, house):
    make_disclaimer("old", active=False, text="No longer.")
    make_disclaimer("tie", "interests", text="A tie: {interests}", for_opinion=False)

    page = read(client, reverse("policy"))

    assert "The views are the writer&#x27;s own." in page
    assert "No longer." not in page
    assert "A tie: [the writer&#x27;s own words]" in page
    assert "When the writer declared an interest, on letters" in " ".join(page.split())


def test_contact_shows_every_address_and_what_it_is_for(client, house):
    ContactAddress.objects.create(desk="Letters", address="letters@wyomingstar.example", purpose="Send one.")
    ContactAddress.objects.create(desk="Post", address="1 Main Street", purpose="On paper.")

    page = read(client, reverse("contact"))

    assert '<a href="mailto:letters@wyomingstar.example">letters@wyomingstar.example</a>' in page
    assert "1 Main Street" in page
    assert "On paper." in page


def test_opinion_lists_newest_first_and_by_kind(client, house):
    letter = make_publication().get_absolute_url()
    piece = make_publication(kind=Kind.OPINION, headline="A longer view").get_absolute_url()

    queries = ("", "?kind=letter", "?kind=opinion")
    both, letters, pieces = (read(client, reverse("opinion") + query) for query in queries)

    assert both.index(piece) < both.index(letter)
    assert (letter in letters, piece in letters) == (True, False)
    assert (letter in pieces, piece in pieces) == (False, True)


def test_opinion_goes_on_with_older_pieces_of_the_same_kind(client, house, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 1)
    older, newer = make_publication(), make_publication()

    first = read(client, reverse("opinion") + "?kind=letter")
    second = read(client, reverse("opinion") + f"?kind=letter&before={newer.pk}")

    assert f'href="/opinion/?kind=letter&amp;before={newer.pk}"' in first
    assert older.get_absolute_url() in second
    assert 'rel="next"' not in second
    assert "There is nothing older" in read(client, reverse("opinion") + f"?before={older.pk}")


@pytest.mark.parametrize(("name", "queries"), [("front", 4), ("opinion", 2), ("corrections", 2)])
def test_list_asks_the_database_no_more_for_more_pieces(client, house, django_assert_num_queries, name, queries):
    def publish_one():
        retract(make_publication(), by=Party.SYSTEM, reason="An error.")
        make_publication()

    publish_one()
    with django_assert_num_queries(queries):
        read(client, reverse(name))
    publish_one()
    publish_one()
    with django_assert_num_queries(queries):
        read(client, reverse(name))


def test_article_shows_label_byline_text_and_disclaimers_in_order(client, house):
    make_disclaimer("top", placement="top")
    publication = make_publication(in_response_to="https://news.example/bridge")

    page = read(client, publication.get_absolute_url()).partition("<main")[2]

    places = [
        page.index(words)
        for words in (
            '<p class="label">Letter to the editor</p>',
            "Keep the footbridge open</h1>",
            "<b>W. Prairie</b>, Laramie",
            '<a href="https://news.example/bridge" rel="nofollow ugc" dir="auto">news.example/bridge</a>',
            "About top.",
            "The footbridge over the tracks was closed",
            "The views are the writer&#x27;s own.",
            "Respond to this letter",
        )
    ]
    assert places == sorted(places)


def test_article_of_another_kind_is_labelled_opinion(client, house):
    page = read(client, make_publication(kind=Kind.OPINION).get_absolute_url())

    assert '<p class="label">Opinion</p>' in page
    assert "Respond to this piece" in page


def test_article_speaks_to_machines(client, house, settings):
    publication = make_publication()
    canonical = settings.SITE_URL + publication.get_absolute_url()

    page = read(client, publication.get_absolute_url())

    data = json.loads(re.search('<script type="application/ld.json">(.*?)</script>', page)[1])
    assert (data["@type"], data["url"]) == ("OpinionNewsArticle", canonical)
    assert f'<link rel="canonical" href="{canonical}">' in page
    assert '<meta property="og:title" content="Letter to the editor | Keep the footbridge open">' in page
    assert 'type="application/rss+xml"' in page


def test_article_asks_the_database_little(client, house, django_assert_num_queries):
    address = make_publication().get_absolute_url()

    with django_assert_num_queries(2):
        read(client, address)


@pytest.mark.parametrize("path", ["/opinion/2020/01/never/", "/opinion/2020/13/never/", "/opinion/2020/1/never/"])
def test_article_that_never_was_is_not_found(client, house, path):
    read(client, path, status=404)


def test_retracted_article_says_so_and_shows_its_text_no_more(client, house):
    publication = make_publication()
    retract(publication, by=Party.SYSTEM, reason="It was not written by its signer.")

    page = read(client, publication.get_absolute_url(), status=410)

    assert "We have taken this back" in page
    assert "It was not written by its signer." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "The footbridge over the tracks" not in page
    assert "W. Prairie" not in page
    assert publication.get_absolute_url() not in read(client, reverse("opinion"))


def test_corrections_list_what_was_taken_back(client, house):
    here, elsewhere = make_publication(), make_publication(ran_in="Page 4", headline="In print")
    for publication in (here, elsewhere):
        retract(publication, by=Party.SYSTEM, reason=f"Reason {publication.pk}.")

    page = read(client, reverse("corrections"))

    assert page.index(f"Reason {elsewhere.pk}.") < page.index(f"Reason {here.pk}.")
    assert f'href="{here.get_absolute_url()}"' in page
    assert elsewhere.get_absolute_url() not in page
    assert "Page 4" in page


def test_erased_article_says_that_it_was_removed(client, house):
    publication = make_publication()
    erase(publication.submission, by=None, reason="asked")

    page = read(client, publication.get_absolute_url(), status=410)

    assert "This text has been removed" in page
    assert publication.get_absolute_url() not in read(client, reverse("opinion"))
