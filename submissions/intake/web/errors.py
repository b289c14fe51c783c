"""Pages for what goes wrong: each says what to do, and gives back what was typed."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from submissions.intake.web.pages import URL_NAMES, Notice, form_again
from submissions.intake.web.salvage import typed_in
from submissions.models import HousePolicy, Kind, Paper

NOTICES = {
    400: Notice("We could not read what came.", "Please look it over and send it once more."),
    403: Notice("The form had expired before it was sent.", "Nothing is lost: press the button once more."),
    413: Notice("It was larger than we can take.", "Make it shorter or send fewer files, then press the button again."),
    500: Notice("Something broke on our side.", "We have been told. Please press the button again in a few minutes."),
    503: Notice(
        "We cannot store it just now.", "It has not been sent. Please press the button again in a few minutes."
    ),
}
"""What the form says on top when it comes back with a status."""

FORMS = {name: kind for kind, name in URL_NAMES.items()}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a post whose form has expired (or came from elsewhere) with the same text under a fresh token."""
    return error_page(request, 403, form_of(request))


def error_page(
    request: HttpRequest, status: int, kind: Kind | None = None, typed: dict[str, str] | None = None
) -> HttpResponse:
    """Return the page for a status: the form with the text in it, else the text to copy, else a plain page.

    `typed` is what was salvaged from a post that could not be read.
    """
    fields = list(typed.items()) if typed is not None else typed_in(request)
    try:
        if kind is not None and request.method == "POST":
            given = typed if typed is not None else request.POST.dict()
            response = form_again(request, kind, given, status=status, notice=NOTICES[status])
        else:
            response = _page(request, status, fields)
    except (DatabaseError, OSError, HousePolicy.DoesNotExist):
        response = _page(request, status, fields)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "120"
    return response


def form_of(request: HttpRequest) -> Kind | None:
    """Return the kind whose form the request was for, if any."""
    try:
        return FORMS.get(resolve(request.path_info).url_name or "")
    except Resolver404:
        return None


def _page(request: HttpRequest, status: int, fields: list[tuple[str, str]]) -> HttpResponse:
    context = {"typed": fields, "paper": _paper(), "status": status}
    return render(request, f"{status}.html", context, status=status)


def _paper() -> Paper:
    """Return the newspaper, or one without a name while the database cannot say."""
    try:
        return Paper.current()
    except DatabaseError:
        return Paper(pk=1, name="Mailbag")
