"""The page for typing a letter in: get, validate, hand to the one door, open its review page."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from submissions.intake.desk.forms import DeskLetterForm
from submissions.intake.receive import receive
from submissions.models import Kind, Submission
from submissions.moderation.admin.frame import editor, editors_only
from submissions.permissions import kinds_for


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def type_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or take the letter."""
    user = editor(request)
    if not user.has_perm("submissions.change_submission"):
        raise PermissionDenied
    kinds = [kind for kind in kinds_for(user) if kind != Kind.UNSORTED]
    form = (
        DeskLetterForm(request.POST, request.FILES, kinds=kinds)
        if request.method == "POST"
        else DeskLetterForm(kinds=kinds)
    )
    if not form.is_valid():
        context = {**admin.site.each_context(request), "title": "Type a letter in", "form": form}
        context |= {"opts": Submission._meta, "is_nav_sidebar_enabled": False}
        status = 422 if form.is_bound else 200
        return render(request, "submissions/intake/desk/letter.html", context, status=status)
    submission, new = receive(form.arrival(), by=user)
    messages.success(request, "Taken in." if new else "This letter was taken in before: here it is.")
    return HttpResponseRedirect(reverse("admin:submissions_submission_change", args=[submission.pk]))
