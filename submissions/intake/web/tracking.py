"""The pages by which a writer follows a submission, withdraws it, and finds a lost code."""

import hashlib
from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from submissions.intake.web import throttle
from submissions.intake.web.private import page, private, too_many
from submissions.intake.web.status import status_of
from submissions.lifecycle import LifecycleError
from submissions.models import Event, Party, Submission
from submissions.models.reference import clean_reference, spaced_reference
from submissions.moderation import withdrawal
from submissions.notifications.outbox import queue

READABLE = 40
"""So many characters of what was typed as a reference stand in the address of the page that answers."""


class LostForm(forms.Form):
    """The address to which the codes go."""

    email = forms.EmailField(max_length=254)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the reference; a post goes on to the page that answers, right or wrong."""
    if request.method != "POST":
        return page(request, "ask")
    typed = clean_reference(request.POST.get("reference", ""))
    shown = spaced_reference(typed) if typed else _plain(request.POST.get("reference", ""))
    if not shown:
        return page(request, "ask", {"error": "Type your code here: 15 letters and digits."}, status=422)
    return HttpResponseRedirect(reverse("track", args=[shown]), status=303)


@private
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how a submission stands; an unknown and a mistyped reference get one and the same page."""
    found = _find(request, reference)
    if isinstance(found, HttpResponse):
        return found
    return page(request, "status", {"submission": found, "status": status_of(found), "code": str(found)})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether the writer means it, and withdraw on the button."""
    return _act(request, reference, "withdraw", withdrawal.can_withdraw, withdrawal.withdraw)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether the writer means it, and take the withdrawal back on the button."""
    return _act(request, reference, "restore", withdrawal.can_restore, withdrawal.restore)


@private
@require_POST
def lost(request: HttpRequest) -> HttpResponse:
    """Send the codes of whatever came from an address to that address. The answer is always the same."""
    form = LostForm(request.POST)
    if not form.is_valid():
        error = "Write one whole email address, such as name@example.org."
        return page(request, "ask", {"lost_error": error, "email": request.POST.get("email", "")}, status=422)
    email = form.cleaned_data["email"].casefold()
    if throttle.take(request, "lost", throttle.LOST_CODES_PER_HOUR):
        newest = Submission.objects.filter(writer__email=email).order_by("-received_at", "-pk").first()
        if newest is not None:
            queue("reference", to=email, submission=newest, key=_hourly_key(email))
    return HttpResponseRedirect(reverse("track_lost_sent"), status=303)


@private
@require_safe
def lost_sent(request: HttpRequest) -> HttpResponse:
    """Say that mail is on its way, if there is something to tell."""
    return page(request, "lost_sent")


def _find(request: HttpRequest, reference: str) -> Submission | HttpResponse:
    """Return the submission, or the page that says that there is none (or that too many were tried)."""
    if not throttle.left(request, "lookup", throttle.MISSES_PER_HOUR):
        return too_many(request)
    code = clean_reference(reference)
    submissions = Submission.objects.select_related("policy", "current", "writer")
    found = submissions.filter(reference=code).first() if code else None
    if found is not None:
        return found
    throttle.take(request, "lookup", throttle.MISSES_PER_HOUR)
    return page(request, "unknown", status=404)


def _act(
    request: HttpRequest,
    reference: str,
    name: str,
    possible: Callable[[Submission], bool],
    action: Callable[..., Event],
) -> HttpResponse:
    found = _find(request, reference)
    if isinstance(found, HttpResponse):
        return found
    back = found.get_absolute_url()
    if not possible(found):
        return HttpResponseRedirect(back, status=303)
    if request.method != "POST":
        return page(request, name, {"submission": found, "code": str(found)})
    try:
        action(found, by=Party.WRITER, expecting=found.version)
    except LifecycleError:
        error = "Something has changed in this very moment. Please look, then press the button again."
        return page(request, name, {"submission": found, "code": str(found), "error": error}, status=409)
    return HttpResponseRedirect(back, status=303)


def _plain(typed: str) -> str:
    return "".join(char for char in typed if char.isascii() and (char.isalnum() or char == "-"))[:READABLE].strip("-")


def _hourly_key(email: str) -> str:
    """Return the key under which a mail is owed: one an hour to an address, however often it is asked for."""
    digest = hashlib.sha256(email.encode()).hexdigest()[:40]
    return f"reference:{digest}:{timezone.now():%Y%m%d%H}"
