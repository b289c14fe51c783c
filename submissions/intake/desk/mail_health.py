"""The mail health page: does mail come in, does it leave; and the button that sends a mail to ourselves."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from submissions.intake.email.health.dns_records import records_of
from submissions.intake.email.health.facts import mail_facts
from submissions.intake.email.health.probe import NoAddress, send_probe
from submissions.intake.email.health.telling import lines
from submissions.models import Paper, RawMessage
from submissions.notifications.addresses import domain_of


@require_http_methods(["GET", "HEAD", "POST"])
def mail_health(request: HttpRequest) -> HttpResponse:
    """Show it; a post sends a mail check. The DNS is asked only where the address says so: it may take seconds."""
    if not request.user.has_perm("submissions.view_rawmessage"):
        raise PermissionDenied
    if request.method == "POST":
        return _send(request)
    domain = domain_of(Paper.current())
    asked = "dns" in request.GET
    facts = mail_facts()
    context = {
        **admin.site.each_context(request),
        "title": "Mail health",
        "opts": RawMessage._meta,
        "facts": facts,
        "lines": lines(facts, records_of(domain) if asked else None),
        "domain": domain,
        "asked": asked,
    }
    return render(request, "submissions/intake/desk/mail_health.html", context)


def _send(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("submissions.change_rawmessage"):
        raise PermissionDenied
    try:
        probe = send_probe()
    except NoAddress as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"A mail is on its way to {probe.to}. Look here again in a minute.")
    return HttpResponseRedirect(reverse("mail_health"))
