"""A mail as it looked to whoever wrote it: its HTML, sanitised, in a frame in which nothing runs and nothing loads."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.parsing.sanitised import html_of, sanitise
from submissions.models import Submission
from submissions.moderation.admin.files import content_or_404
from submissions.permissions import get_message


@require_safe
def looks(request: HttpRequest, message: int) -> HttpResponse:
    """Show a mail's HTML; one without any shows its text."""
    found = get_message(request.user, message)
    parsed = parse(content_or_404(found))
    context = {
        **admin.site.each_context(request),
        "title": "As it looked",
        "opts": Submission._meta,
        "is_nav_sidebar_enabled": False,
        "message": found,
        "parsed": parsed,
        "html": sanitise(html_of(parsed)),
    }
    return render(request, "submissions/intake/desk/looks.html", context)
