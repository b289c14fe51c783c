"""Drawing the form, also when something else has failed: what was typed stands in it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from submissions.intake.web.forms import SubmissionForm
from submissions.models import HousePolicy, Kind

URL_NAMES = {Kind.LETTER: "letter_form", Kind.OPINION: "opinion_form"}
OTHER = {Kind.LETTER: Kind.OPINION, Kind.OPINION: Kind.LETTER}


@dataclass(frozen=True)
class Notice:
    """What stands on top of a page: what went wrong, and what to do."""

    title: str
    text: str


def form_page(
    request: HttpRequest, form: SubmissionForm, *, status: int = 200, notice: Notice | None = None
) -> HttpResponse:
    """Return the page with a form on it."""
    kind = Kind(form.policy.kind)
    context = {
        "form": form,
        "policy": form.policy,
        "notice": notice,
        "other_url": reverse(URL_NAMES[OTHER[kind]]),
        "files_lost": bool(form.files or form.too_large),
    }
    return render(request, "submissions/intake/web/form.html", context, status=status)


def form_again(
    request: HttpRequest, kind: Kind, typed: Mapping[str, str], *, status: int, notice: Notice
) -> HttpResponse:
    """Return the form with what was typed in it and a fresh token, after the post itself could not be judged.

    Raises HousePolicy.DoesNotExist and DatabaseError where the form cannot be drawn.
    """
    policy = HousePolicy.objects.in_force(kind)
    form = SubmissionForm(initial={name: value for name, value in typed.items() if value}, policy=policy)
    return form_page(request, form, status=status, notice=notice)
