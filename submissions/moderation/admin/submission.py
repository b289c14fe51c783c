"""The desk's addresses: the admin's usual ones for a submission, with our pages behind them."""

from collections.abc import Callable

from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from submissions.models import Submission
from submissions.moderation.admin.bulk import decide_many
from submissions.moderation.admin.deciding import decide
from submissions.moderation.admin.files import attachment, message_download, message_source
from submissions.moderation.admin.queue import queue_page
from submissions.moderation.admin.review import history_page, review


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Queue, review page and decisions. It has no search fields, so no autocomplete reads submissions."""

    def get_urls(self) -> list[URLPattern]:
        """Return every address below /admin/submissions/submission/; what comes after the id is an action's word."""
        pages: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("", queue_page, "changelist"),
            ("bulk/", decide_many, "bulk"),
            ("<int:pk>/change/", review, "change"),
            ("<int:pk>/history/", history_page, "history"),
            ("<int:pk>/files/<int:file>/", attachment, "file"),
            ("<int:pk>/messages/<int:message>/", message_source, "message"),
            ("<int:pk>/messages/<int:message>/download/", message_download, "message_download"),
            ("<int:pk>/<slug:action>/", decide, "decide"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"submissions_submission_{name}")
            for route, view, name in pages
        ]
