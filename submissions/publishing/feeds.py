"""The feed of what readers wrote: full text, each piece with its disclaimers."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from submissions.models import Paper
from submissions.publishing.piece import Piece, absolute, on_site, pieces

LENGTH = 30
"""Pieces."""


class OpinionRss(Feed):  # type: ignore[type-arg]  # generic in the stubs only
    """RSS 2.0 of the newest letters and opinion pieces."""

    description_template = "submissions/publishing/feed_item.html"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed. Its date would go back when a piece is retracted, so it has none: the ETag tells."""
        response = super().__call__(request, *args, **kwargs)
        del response.headers["Last-Modified"]
        return response

    def get_object(self, request: HttpRequest) -> Paper:
        """Return the paper whose feed it is."""
        return Paper.current()

    def title(self, paper: Paper) -> str:
        """Name the feed."""
        return f"{paper.name}: letters and opinion"

    def description(self, _paper: Paper) -> str:
        """Say what is in it."""
        return "Letters to the editor and opinion pieces. Each is its writer's own view."

    def link(self, _paper: Paper) -> str:
        """Lead to the index."""
        return absolute(reverse("opinion"))

    def feed_url(self, _paper: Paper) -> str:
        """Say where the feed itself is."""
        return absolute(reverse("feed_rss"))

    def items(self, paper: Paper) -> list[Piece]:
        """Return the newest pieces."""
        return pieces(list(on_site()[:LENGTH]), paper)

    def item_title(self, item: Piece) -> str:
        """Head it with what it is: many readers see the title alone."""
        return f"{item.label} | {item.headline}"

    def item_link(self, item: Piece) -> str:
        """Lead to its page."""
        return item.canonical

    item_guid_is_permalink = False

    def item_guid(self, item: Piece) -> str:
        """Name it for good (RFC 4151), whatever becomes of its address."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{item.published:%Y-%m-%d}:opinion/{item.publication.pk}"

    def item_pubdate(self, item: Piece) -> datetime:
        """Say when it went live."""
        return item.published

    def item_author_name(self, item: Piece) -> str:
        """Say who signs it."""
        return item.byline

    def item_categories(self, item: Piece) -> list[str]:
        """Say what it is."""
        return [item.label]
