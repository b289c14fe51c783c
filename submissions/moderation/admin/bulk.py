"""One decision on the rows that an editor ticked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from submissions.moderation.admin.frame import editor, editors_only
from submissions.moderation.forms.bulk import BULK, decide_rows
from submissions.moderation.selection import Selection


@require_POST
@editors_only
def decide_many(request: HttpRequest) -> HttpResponse:
    """Decide on the ticked rows and say what became of each that was left alone."""
    user, action = editor(request), request.POST.get("action", "")
    if not user.has_perm("submissions.change_submission"):
        raise PermissionDenied
    selection = Selection.parse(request.GET, user)
    chosen = request.POST.getlist("row")
    if action not in BULK or not chosen:
        messages.warning(request, "Tick the rows first, then say what to do with them.")
    else:
        report = decide_rows(action, chosen, user)
        if report.done:
            messages.success(request, f"{report.done} {BULK[action][1]}.")
        for left in report.left:
            messages.warning(request, f"Left alone: {left}")
    return HttpResponseRedirect(f"{reverse('admin:submissions_submission_changelist')}?{selection.address()}")
