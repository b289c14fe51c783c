"""The admin's site: Django's own, less the one page that would hand out what it should not."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

from submissions.moderation.queues import counts_for
from submissions.permissions import kinds_for


class Desk(admin.AdminSite):
    """The editors' desk."""

    site_title = "Mailbag"
    site_header = "Mailbag"
    index_title = "The house"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the admin's addresses without "view on site": it would show any reference to any account."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the queues above the list of what else there is to look after."""
        user = request.user
        queues = counts_for(user) if kinds_for(user) and user.has_perm("submissions.view_submission") else []
        return super().index(request, {"queues": queues, **(extra_context or {})})
