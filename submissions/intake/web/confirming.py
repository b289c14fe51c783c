"""The page behind the link in the acknowledgement: opening it changes nothing, its button confirms the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from submissions.intake.web.private import page, private
from submissions.models import ConfirmedHow, Party
from submissions.moderation.verification import confirm
from submissions.tokens import CONFIRM_DAYS, writer_of


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button, confirm on it, and show the outcome ever after."""
    writer = writer_of(token)
    if writer is None:
        return page(request, "confirm_bad", {"days": CONFIRM_DAYS}, status=404)
    if request.method == "POST":
        confirm(writer, ConfirmedHow.LINK, by=Party.WRITER)
        return HttpResponseRedirect(reverse("confirm", args=[token]), status=303)
    newest = writer.submissions.select_related("policy").order_by("-received_at", "-pk").first()
    return page(request, "confirmed" if writer.confirmed else "confirm", {"address": writer.email, "newest": newest})
