"""The queue page: what waits, fifty rows at a time, at the same speed however much waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from submissions.models import Channel, Finding, Severity
from submissions.moderation.admin.frame import editor, editors_only, frame
from submissions.moderation.forms.bulk import BULK
from submissions.moderation.rows import Row, rows_of
from submissions.moderation.selection import Cursor, Selection
from submissions.permissions import kinds_for

RECENT = 500
"""So many of the newest findings tell which rules there are to choose from."""


@require_safe
@editors_only
def queue_page(request: HttpRequest) -> HttpResponse:
    """Show one page of one queue."""
    user = editor(request)
    selection = Selection.parse(request.GET, user)
    after = Cursor.parse(request.GET.get("after", ""))
    before = None if after else Cursor.parse(request.GET.get("before", ""))
    ids, more = selection.page(after=after, before=before)
    rows = rows_of(ids, kinds_for(user))
    return render(
        request,
        "admin/submissions/submission/queue.html",
        frame(
            request,
            selection,
            title=selection.shown.label,
            rows=rows,
            newer=_edge(rows, 0) if (after or (before and more)) else None,
            older=_edge(rows, -1) if (before or more) else None,
            oldest=selection.oldest() if not selection.filtered else None,
            filters=_filters(selection),
            bulk=BULK.items(),
        ),
    )


def _edge(rows: list[Row], place: int) -> Cursor | None:
    return Cursor.of(rows[place].submission) if rows else None


def _filters(selection: Selection) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return the filters as (name, label, choices, chosen); rules are those that recent findings name."""
    kinds = [(k.value, k.label) for k in kinds_for(selection.user) if k in selection.shown.kinds]
    filters: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("kind", "Kind", kinds if len(kinds) > 1 else []),
        ("channel", "Came by", Channel.choices),
        ("severity", "Finding", Severity.choices),
        ("rule", "Rule", [(rule, rule.replace("_", " ")) for rule in _rules(selection)]),
        ("confirmed", "Writer", [("yes", "confirmed"), ("no", "not confirmed")]),
        ("order", "Order", [("oldest", "oldest first")]),
    ]
    return [(name, label, choices, getattr(selection, name)) for name, label, choices in filters]


def _rules(selection: Selection) -> list[str]:
    # The newest of all, then those of the editor's kinds: the other way round a database reads every finding.
    newest = Finding.objects.order_by("-pk").values_list("rule", "submission__kind")[:RECENT]
    kinds = kinds_for(selection.user)
    return sorted({rule for rule, kind in newest if kind in kinds} | ({selection.rule} if selection.rule else set()))
