"""Letters that mean harm: nothing they hold breaks out of a page, a feed or the data for machines."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from submissions.models import Party
from submissions.publishing.actions import retract
from tests.publishing.pieces import make_disclaimer, make_publication

pytestmark = pytest.mark.usefixtures("house")

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ paper.reply_address }}{% debug %}",
    "[click](javascript:alert(1)) https://evil.example",
    "\u202e\u2066txet\u2069 \u001b[31m\u200b",
    "x" * 200,
]
TAG = re.compile(r"<(script|img|svg|style)\b[^>]*>")


@pytest.fixture(params=PAYLOADS)
def publication(request):
    payload = request.param
    make_disclaimer("tie", "interests", placement="top", text="A tie: {interests}")
    return make_publication(
        headline=payload,
        name=payload[:100],
        city=payload[:100],
        body=f"{payload}\n\n{payload}",
        in_response_to=payload,
        interests=payload,
    )


def read(client, address):
    return client.get(address).content.decode()


def test_hostile_letter_stays_text_on_every_page(client, publication):
    for address in (publication.get_absolute_url(), reverse("front"), reverse("opinion")):
        page = read(client, address)

        assert {tag[0] for tag in TAG.finditer(page)} <= {'<script type="application/ld+json">'}
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x1b]", page)
        assert not re.search(r"<[^>]* on\w+=", re.sub(r'"[^"]*"', '""', page))


def test_hostile_letter_stays_text_where_it_was_taken_back(client, publication):
    retract(publication, by=Party.SYSTEM, reason=publication.revision.headline)

    for address in (publication.get_absolute_url(), reverse("corrections")):
        assert not TAG.search(read(client, address))


def test_hostile_letter_does_not_break_the_data_for_machines(client, publication):
    page = read(client, publication.get_absolute_url())

    (block,) = re.findall('<script type="application/ld.json">(.*?)</script>', page, flags=re.DOTALL)
    assert json.loads(block)["@type"] == "OpinionNewsArticle"


def test_hostile_letter_stays_text_in_the_feed(client, publication):
    (item,) = ET.fromstring(client.get(reverse("feed_rss")).content).findall("channel/item")

    assert set(re.findall(r"<(\w+)", item.findtext("description"))) == {"p", "strong", "em", "hr"}


def test_hostile_letter_makes_no_link_of_its_own(client, publication):
    page = read(client, publication.get_absolute_url())

    assert "javascript:" not in "".join(re.findall('href="([^"]*)"', page))
    assert "<a" not in page.partition('<div class="text">')[2].partition("</div>")[0]
