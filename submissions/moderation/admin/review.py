"""The review page: everything that a decision needs, and every decision."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from submissions.models import Submission
from submissions.moderation.admin.frame import editor, editors_only, frame
from submissions.moderation.bar import Button, bar_for
from submissions.moderation.dossier import dossier
from submissions.moderation.forms import DECISIONS, Decision
from submissions.moderation.forms.judging import Decline
from submissions.moderation.history import Line, history_of
from submissions.moderation.queues import queue_of
from submissions.moderation.selection import Cursor, Selection
from submissions.permissions import get_submission, kinds_for


@dataclass(frozen=True)
class Refused:
    """A decision that was not made: its form, with all that was typed, and why."""

    action: str
    form: Decision
    why: str = ""
    changes: list[Line] = field(default_factory=list)
    preview: bool = False


@require_safe
@editors_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one submission."""
    return review_page(request, get_submission(editor(request), pk))


@require_safe
@editors_only
def history_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole history of one submission."""
    user = editor(request)
    submission = get_submission(user, pk)
    selection = selection_for(request, submission)
    context = {"title": "History", "submission": submission, "history": history_of(submission)}
    return render(request, "admin/submissions/submission/history.html", frame(request, selection, **context))


def selection_for(request: HttpRequest, submission: Submission) -> Selection:
    """Return the selection that the address names; where it names none, the submission's own queue."""
    if "queue" in request.GET:
        return Selection.parse(request.GET, editor(request))
    return Selection(user=editor(request), queue=queue_of(submission).slug)


def review_page(
    request: HttpRequest, submission: Submission, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    """Render one submission, with a refused decision given back."""
    user = editor(request)
    selection = selection_for(request, submission)
    shown = dossier(submission, kinds_for(user))
    bar = bar_for(submission, user, shown.findings)
    here = Cursor.of(submission)
    context = {
        "title": shown.text.headline or "(no headline)",
        "dossier": shown,
        "submission": submission,
        "bar": bar,
        "panels": [_panel(request, button, submission, refused) for button in bar if button.panel],
        "refused": refused,
        "kept": _kept(refused, bar),
        "next": next(iter(selection.page(after=here, limit=1)[0]), None),
        "previous": next(iter(selection.page(before=here, limit=1)[0]), None),
    }
    page = "admin/submissions/submission/review.html"
    return render(request, page, frame(request, selection, **context), status=status)


def _panel(request: HttpRequest, button: Button, submission: Submission, refused: Refused | None) -> dict[str, Any]:
    if refused and refused.action == button.action:
        preview = {"mail": refused.form.preview()} if refused.preview and isinstance(refused.form, Decline) else None
        return {"button": button, "form": refused.form, "open": True, "preview": preview}
    initial = {"reason": request.GET["reason"]} if button.action == "decline" and "reason" in request.GET else {}
    form = DECISIONS[button.action](
        submission=submission, user=editor(request), initial=initial, auto_id=f"{button.action}_%s"
    )
    return {"button": button, "form": form, "open": bool(initial), "preview": None}


def _kept(refused: Refused | None, bar: list[Button]) -> list[tuple[str, str]]:
    """Return what was typed for a decision that can no longer be made here: nothing typed is lost."""
    if refused is None or any(button.panel and button.action == refused.action for button in bar):
        return []
    return [
        (str(refused.form[name].label), str(value))
        for name, value in refused.form.data.items()
        if name in refused.form.fields and name not in ("expecting", "seen", "kind", "reason") and value
    ]
