"""Decisions: one POST each, one winner each, and nothing typed is lost by those who come second."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from submissions.lifecycle import LifecycleError, StaleSubmission
from submissions.models import Submission
from submissions.moderation.admin.frame import LAST, editor, editors_only, remember
from submissions.moderation.admin.review import Refused, review_page, selection_for
from submissions.moderation.forms import DECISIONS, Decision
from submissions.moderation.history import changes_since
from submissions.moderation.selection import Cursor
from submissions.permissions import get_submission, submissions_for


@require_POST
@editors_only
def decide(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Make one decision; then the next item of the queue opens, or this one again where work on it goes on."""
    user = editor(request)
    submission = get_submission(user, pk)
    kind_of_form = DECISIONS.get(action)
    if kind_of_form is None:
        raise Http404("No such action.")
    if not user.has_perms(["submissions.change_submission", kind_of_form.permission]):
        raise PermissionDenied
    form = kind_of_form(request.POST, submission=submission, user=user, auto_id=f"{action}_%s")
    if not form.is_valid() or "preview" in request.POST:
        preview = form.is_valid()
        return review_page(request, submission, Refused(action, form, preview=preview), status=200 if preview else 422)
    where = selection_for(request, submission)
    try:
        form.act()
    except StaleSubmission as error:
        return _told(request, submission, action, form, error)
    except LifecycleError as error:
        return review_page(request, get_submission(user, pk), Refused(action, form, why=str(error)), status=409)
    _say(request, submission, action, form)
    following = where.page(after=Cursor.of(submission), limit=1)[0] if form.goes_on else [pk]
    return HttpResponseRedirect(_address(request, following, where.address()))


def _told(
    request: HttpRequest, submission: Submission, action: str, form: Decision, error: StaleSubmission
) -> HttpResponse:
    """Show the submission as it is now, who made it so, and the decision that was not made."""
    user, seen = editor(request), form.cleaned_data["expecting"]
    now = get_submission(user, submission.pk)
    again = request.POST.copy()
    again["expecting"] = str(now.version)
    given_back = type(form)(again, submission=now, user=user, auto_id=f"{action}_%s")
    refused = Refused(action, given_back, why=str(error), changes=changes_since(now, seen))
    return review_page(request, now, refused, status=409)


def _say(request: HttpRequest, submission: Submission, action: str, form: Decision) -> None:
    """Put the decision where one key takes it back, or just say that it was made."""
    if form.goes_on:
        remember(request, submission, form.done)
        return
    if action == "undo":
        request.session.pop(LAST, None)
    messages.success(request, f"{form.done}.")


def _address(request: HttpRequest, ids: list[int], query: str) -> str:
    """Return the review page of the first id that the editor may still see, else the queue."""
    if ids and submissions_for(editor(request)).filter(pk=ids[0]).exists():
        return f"{reverse('admin:submissions_submission_change', args=[ids[0]])}?{query}"
    return f"{reverse('admin:submissions_submission_changelist')}?{query}"
