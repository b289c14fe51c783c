from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from submissions.models import Party
from submissions.publishing import feeds
from submissions.publishing.actions import retract
from tests.publishing.pieces import make_disclaimer, make_publication

pytestmark = pytest.mark.usefixtures("house")


def items(client):
    response = client.get(reverse("feed_rss"))
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ET.fromstring(response.content).findall("channel/item")


def test_feed_carries_the_whole_piece_with_its_disclaimers(client, settings):
    settings.SITE_URL = "https://wyomingstar.example"
    make_disclaimer("top", placement="top")
    publication = make_publication(body="One.\n\nTwo\nlines.")

    (item,) = items(client)

    assert item.findtext("title") == "Letter to the editor | Keep the footbridge open"
    assert item.findtext("link") == f"https://wyomingstar.example{publication.get_absolute_url()}"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "W. Prairie, Laramie"
    assert item.findtext("category") == "Letter to the editor"
    assert parsedate_to_datetime(item.findtext("pubDate")) == publication.published_at.replace(microsecond=0)
    assert item.findtext("description").split("\n") == [
        "<p><strong>Letter to the editor</strong> · W. Prairie, Laramie</p>",
        "<p><em>About top.</em></p>",
        "<p>One.</p><p>Two<br>lines.</p>",
        "<hr>",
        "<p><em>The views are the writer&#x27;s own.</em></p>",
        "",
    ]


def test_feed_names_each_piece_for_good(client, settings):
    settings.SITE_URL = "https://wyomingstar.example"
    publication = make_publication()
    day = f"{publication.published_at:%Y-%m}"

    guid = items(client)[0].find("guid")

    assert guid.get("isPermaLink") == "false"
    assert guid.text.startswith(f"tag:wyomingstar.example,{day[:4]}-")
    assert guid.text.endswith(f":opinion/{publication.pk}")


def test_feed_leaves_out_what_was_taken_back_and_what_ran_elsewhere(client):
    retract(make_publication(), by=Party.SYSTEM, reason="An error.")
    make_publication(ran_in="Page 4")

    assert items(client) == []


def test_feed_says_when_nothing_changed_and_when_a_piece_is_gone(client):
    publication = make_publication()
    first = client.get(reverse("feed_rss"))
    tag = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}

    assert "Last-Modified" not in first.headers
    assert client.get(reverse("feed_rss"), **tag).status_code == 304

    retract(publication, by=Party.SYSTEM, reason="An error.")
    assert client.get(reverse("feed_rss"), **tag).status_code == 200


def test_feed_asks_the_database_no_more_for_more_pieces(client, django_assert_num_queries):
    make_publication()
    with django_assert_num_queries(2):
        assert len(items(client)) == 1
    make_publication()
    make_publication()
    with django_assert_num_queries(2):
        assert len(items(client)) == 3


def test_feed_has_the_newest_pieces_only(client, monkeypatch):
    monkeypatch.setattr(feeds, "LENGTH", 2)
    for _ in range(3):
        make_publication()

    assert len(items(client)) == 2
