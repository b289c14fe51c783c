"""The page behind the link in our mail: what a letter still lacks, filled in by its writer, and said to be theirs."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Layout
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from submissions.intake.web.forms import SubmissionForm
from submissions.intake.web.house_words import say_policy
from submissions.intake.web.layout import CHECK, CHOICE, FIELD
from submissions.intake.web.private import page, private
from submissions.lifecycle import StaleSubmission, move, revise
from submissions.models import HeldFor, Party, Revision, Submission
from submissions.models.house_policy import IDENTITY_FIELDS
from submissions.moderation.attribution import agree
from submissions.moderation.details import fill_in
from submissions.publishing.sign_off import awaits_author
from submissions.screening.actions import rescreen
from submissions.states import FINAL_TEXT, State
from submissions.tokens import CONFIRM_DAYS, submission_of

DECLARED = ("role", "interests", "paid_by", "ai_use", "exclusive")
"""What readers should know, which a mail does not tell."""


class CompleteForm(forms.Form):
    """The fields of the letter form that this submission lacks."""

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = {name: deepcopy(field) for name, field in SubmissionForm.base_fields.items()}
        say_policy(whole, submission.policy)
        self.fields = {name: whole[name] for name in asked(submission)}

    @property
    def helper(self) -> FormHelper:
        """How crispy draws it."""
        helper = FormHelper(self)
        kinds = {"role": CHOICE, "ai_use": CHOICE, "exclusive": CHECK, "consent": CHECK}
        rows = [Field(name, template=kinds.get(name, FIELD)) for name in self.fields]
        helper.layout = Layout(*rows, HTML('<button type="submit">{{ button }}</button>'))
        helper.attrs = {"novalidate": ""}
        return helper


def asked(submission: Submission) -> list[str]:
    """Return what the page asks for: the text if there is none, what the policy misses, what readers should know."""
    text = ["body"] if submission.lacks_text else []
    missing = [name for name in submission.missing if name != "email"]  # the mail with this link has reached them
    consent = [] if submission.consented_at else [*DECLARED, "consent"]
    return [*text, *missing, *consent]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for what is missing; keep it on the button, which proves the address too; show the outcome ever after."""
    submission = submission_of(token)
    if submission is None:
        return page(request, "confirm_bad", {"days": CONFIRM_DAYS}, status=404)
    if not _open(submission):
        return page(request, "completed", {"submission": submission, "ended": True})
    form = CompleteForm(request.POST or None, submission=submission, initial=_suggested(submission))
    if request.method != "POST":
        done = submission.consented_at and not asked(submission) and not awaits_author(submission)
        return page(request, "completed", {"submission": submission}) if done else _ask(request, submission, form)
    if not form.is_valid():
        return _ask(request, submission, form, status=422)
    try:
        keep(submission, form.cleaned_data)
    except StaleSubmission:
        error = "Something has changed in this very moment. Please look, then press the button again."
        return _ask(request, submission, form, status=409, error=error)
    return HttpResponseRedirect(reverse("complete", args=[token]), status=303)


@transaction.atomic
def keep(submission: Submission, given: Mapping[str, Any]) -> None:
    """Store what the writer gave, confirm their address, and check the text anew. Raises StaleSubmission."""
    given = dict(given)
    body, headline, consent = given.pop("body", ""), given.pop("headline", ""), given.pop("consent", False)
    details = {name: value for name, value in given.items() if name in IDENTITY_FIELDS or name in DECLARED}
    if consent:
        details["consented_at"] = timezone.now()
    if body or headline:
        _send_text(submission, body, headline)
    if details:
        fill_in(submission, details, by=Party.WRITER)
    agree(submission)
    submission.refresh_from_db()
    rescreen(submission)
    if body and submission.state == State.HELD and submission.held_for == HeldFor.WRITER:
        move(submission, State(submission.came_from), by=Party.WRITER, expecting=submission.version)


def _send_text(submission: Submission, body: str, headline: str) -> None:
    before = submission.current
    sent = Revision(
        headline=headline or (before.headline if before else ""),
        body=body or (before.body if before else ""),
        byline=before.byline if before else "",
        in_response_to=before.in_response_to if before else "",
        reason="writer_sent",
    )
    revise(submission, sent, by=Party.WRITER, expecting=submission.version)


def _open(submission: Submission) -> bool:
    return State(submission.state) not in FINAL_TEXT or submission.state == State.RECEIVED


def _suggested(submission: Submission) -> dict[str, str]:
    """Return what the sign-off says, for the writer to correct or leave."""
    return dict(submission.suggestions.values_list("field", "value"))


def _ask(
    request: HttpRequest, submission: Submission, form: CompleteForm, status: int = 200, error: str = ""
) -> HttpResponse:
    awaits = awaits_author(submission)
    context = {
        "submission": submission,
        "form": form,
        "error": error,
        "awaits_author": awaits,
        "text": submission.current.body if awaits and submission.current else "",
        "button": "Yes, I wrote this, and you may print it" if awaits else "Send it",
    }
    return page(request, "complete", context, status=status)
