"""What every page of the desk shows around its subject: the queues, the day, and the last decision with its undo."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from submissions.models import Submission
from submissions.moderation.queues import counts_for
from submissions.moderation.selection import Selection
from submissions.permissions import kinds_for, submissions_for
from submissions.states import State

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
LAST = "desk_last"
SHOWN_READY = 100
"""More pieces than this never stand on one day's page; the bar stops adding up there."""


def editors_only(view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
    """Let in only accounts that may see submissions at all; which ones, `permissions.py` says row by row."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not (request.user.has_perm("submissions.view_submission") and kinds_for(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def editor(request: HttpRequest) -> AbstractUser:
    """Return the account of a request that passed `editors_only`."""
    return cast("AbstractUser", request.user)


def frame(request: HttpRequest, selection: Selection, **context: Any) -> dict[str, Any]:
    """Return the context of a page of the desk."""
    user = editor(request)
    queues = counts_for(user)
    return {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "opts": Submission._meta,
        "selection": selection,
        "queues": queues,
        "waiting": next((count for queue, count in queues if queue.slug == selection.queue), 0),
        "kinds": kinds_for(user),
        "day": the_day(user),
        "last": last_decision(request),
        **context,
    }


def the_day(user: AbstractUser) -> dict[str, int]:
    """Return how many pieces, and words, are ready or go live today."""
    ready = submissions_for(user).filter(state=State.READY)
    tonight = timezone.localtime().replace(hour=23, minute=59, second=59, microsecond=999_999)
    today = submissions_for(user).filter(state=State.SCHEDULED, scheduled_for__lte=tonight)
    words = [
        row["current__words"] or 0
        for rows in (ready, today)
        for row in rows.order_by().values("current__words")[:SHOWN_READY]
    ]
    return {"pieces": len(words), "words": sum(words)}


def remember(request: HttpRequest, submission: Submission, done: str) -> None:
    """Keep the last decision at hand, so that one key takes it back from the next item's page."""
    request.session[LAST] = {"pk": submission.pk, "version": submission.version, "done": done}


def last_decision(request: HttpRequest) -> dict[str, Any] | None:
    """Return the last decision while it is still the newest thing that happened to its submission, else None."""
    last = request.session.get(LAST)
    if not last:
        return None
    rows = submissions_for(editor(request)).filter(pk=last["pk"], version=last["version"])
    found = rows.select_related("current").defer("current__body").first()
    return {"submission": found, "done": last["done"]} if found else None
