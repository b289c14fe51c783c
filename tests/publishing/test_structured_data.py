import json

import pytest

from submissions.models import Paper
from submissions.publishing.piece import Piece
from submissions.publishing.structured_data import opinion_news_article, script
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.usefixtures("house")


def test_article_says_who_wrote_it_when_and_by_which_principles(settings):
    settings.SITE_URL = "https://wyomingstar.example"
    piece = Piece(make_publication(body="One.\n\nTwo."), Paper.current())
    when = piece.published.isoformat(timespec="seconds")

    assert opinion_news_article(piece) == {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle",
        "headline": "Keep the footbridge open",
        "articleSection": "Letter to the editor",
        "articleBody": "One.\n\nTwo.",
        "backstory": "The views are the writer's own.",
        "datePublished": when,
        "dateModified": when,
        "author": {
            "@type": "Person",
            "name": "W. Prairie",
            "homeLocation": {"@type": "Place", "name": "Laramie"},
        },
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "Wyoming Star",
            "url": "https://wyomingstar.example/",
            "publishingPrinciples": "https://wyomingstar.example/policy/",
        },
        "publishingPrinciples": "https://wyomingstar.example/policy/",
        "mainEntityOfPage": piece.canonical,
        "url": piece.canonical,
        "isAccessibleForFree": True,
    }


def test_author_without_a_town_has_none():
    piece = Piece(make_publication(city=""), Paper.current())

    assert opinion_news_article(piece)["author"] == {"@type": "Person", "name": "W. Prairie"}


def test_script_cannot_be_ended_from_within():
    data = {"headline": "</script><!-- <script>&\u2028"}

    block = script(data)

    assert block.startswith('<script type="application/ld+json">{')
    assert block.count("<") == 2
    assert json.loads(block.partition(">")[2].rpartition("<")[0]) == data
