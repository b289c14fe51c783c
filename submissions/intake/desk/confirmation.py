"""A provider asks whether it may forward mail to us: its code, and its link behind a button that a person presses."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from submissions.intake.email.kinds.confirmations import forwarding_confirmation
from submissions.intake.email.parsing.parse import parse
from submissions.models import Outcome, RawMessage
from submissions.moderation.admin.files import content_or_404
from submissions.permissions import get_message


@require_safe
def confirmation(request: HttpRequest, message: int) -> HttpResponse:
    """Show what the provider asks. Opening this page confirms nothing; the provider's own page does."""
    if not request.user.has_perm("submissions.change_rawmessage"):
        raise PermissionDenied
    found = get_message(request.user, message)
    asked = forwarding_confirmation(parse(content_or_404(found))) if found.outcome == Outcome.FORWARDING else None
    if asked is None:
        raise Http404("This mail asks for no forwarding.")
    context = {
        **admin.site.each_context(request),
        "title": "May mail be forwarded to us?",
        "opts": RawMessage._meta,
        "message": found,
        "asked": asked,
    }
    return render(request, "submissions/intake/desk/confirmation.html", context)
