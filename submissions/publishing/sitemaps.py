"""The sitemap: the house's own pages and every piece that stands on the site."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from submissions.models import Publication


class OwnSitemap(Sitemap):  # type: ignore[type-arg]  # generic in the stubs only
    """A sitemap under SITE_URL, whatever name the request used."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """Return our own host."""
        return urlsplit(settings.SITE_URL).netloc


class PageSitemap(OwnSitemap):
    """The pages that are always there."""

    def items(self) -> list[str]:
        """Return their names."""
        return ["front", "opinion", "letter_form", "opinion_form", "policy", "contact", "corrections"]

    def location(self, item: str) -> str:
        """Return a page's path."""
        return reverse(item)


class PieceSitemap(OwnSitemap):
    """What was published and not taken back."""

    def items(self) -> QuerySet[Publication]:
        """Return the publications on the site."""
        return Publication.objects.live().only("year", "month", "slug", "published_at")

    def lastmod(self, item: Publication) -> datetime:
        """Say when it went live."""
        return item.published_at


def sitemap(request: HttpRequest) -> HttpResponse:
    """Show the sitemap."""
    return sitemap_views.sitemap(request, {"pages": PageSitemap, "pieces": PieceSitemap})
