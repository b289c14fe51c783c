"""Mail that came and mail that leaves: the quarantine and the outbox, in sight and workable."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from submissions.doorbell import ring
from submissions.models import Notification, Outcome, Owed, RawMessage
from submissions.moderation.admin.files import content_or_404, eml
from submissions.moderation.admin.versions import ReadOnlyAdmin
from submissions.moderation.message_source import source_of
from submissions.permissions import get_message, messages_for, submissions_for


def _may(request: HttpRequest, codename: str) -> None:
    if not request.user.has_perm(f"submissions.{codename}"):
        raise PermissionDenied


@admin.register(RawMessage)
class RawMessageAdmin(ReadOnlyAdmin):
    """Every message that came, those in quarantine first; each can be read as source and tried again."""

    list_display = ["__str__", "received_at", "door", "envelope_from", "envelope_to", "outcome", "reason", "size"]
    list_filter = ["outcome", "door", "kind"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[RawMessage]:
        """Return the messages that the account may see, without their bytes, quarantine first."""
        first = Case(When(outcome=Outcome.QUARANTINE, then=Value(0)), default=Value(1))
        return messages_for(request.user).defer("content").order_by(first, "-pk")

    def get_urls(self) -> list[URLPattern]:
        """Return the list's address and ours for one message."""
        listing = next(url for url in super().get_urls() if url.name == "submissions_rawmessage_changelist")
        pages = [
            ("<int:pk>/change/", self.source, "change"),
            ("<int:pk>/download/", self.download, "download"),
            ("<int:pk>/replay/", self.replay, "replay"),
        ]
        wrap = self.admin_site.admin_view
        return [
            listing,
            *(path(route, wrap(view), name=f"submissions_rawmessage_{name}") for route, view, name in pages),
        ]

    def source(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one message's source as plain text, and why it is where it is."""
        return _source(request, self, pk)

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Hand out one message as it was delivered."""
        return _download(request, pk)

    def replay(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the parser try one message from the quarantine again."""
        return _replay(request, pk)


@require_safe
def _source(request: HttpRequest, page: RawMessageAdmin, pk: int) -> HttpResponse:
    _may(request, "view_rawmessage")
    message = get_message(request.user, pk)
    source, cut = source_of(content_or_404(message))
    context: dict[str, Any] = {
        **page.admin_site.each_context(request),
        "title": str(message).capitalize(),
        "opts": page.opts,
        "message": message,
        "source": source,
        "cut": cut,
        "may_replay": message.outcome == Outcome.QUARANTINE and request.user.has_perm("submissions.change_rawmessage"),
    }
    return render(request, "admin/submissions/rawmessage/source.html", context)


@require_safe
def _download(request: HttpRequest, pk: int) -> HttpResponseBase:
    _may(request, "view_rawmessage")
    return eml(get_message(request.user, pk))


@require_POST
def _replay(request: HttpRequest, pk: int) -> HttpResponse:
    _may(request, "change_rawmessage")
    message = get_message(request.user, pk)
    if RawMessage.objects.filter(pk=message.pk).read_again():
        ring("intake")
        messages.success(request, "It will be read again within seconds.")
    else:
        messages.warning(request, "It is not in quarantine any more.")
    return HttpResponseRedirect(reverse("admin:submissions_rawmessage_changelist"))


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """The outbox: what is owed, what left, what failed."""

    list_display = ["__str__", "to", "state", "send_after", "sent_at", "attempts", "error", "again"]
    list_filter = ["state", "template"]
    ordering = ["-pk"]
    list_per_page = 50
    readonly_fields = ["attempts", "leased_until"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notification]:
        """Return the mails about submissions that the account may see, and those about none."""
        rows = super().get_queryset(request)
        return rows.filter(submission=None) | rows.filter(submission__in=submissions_for(request.user))

    def get_urls(self) -> list[URLPattern]:
        """Add the address that owes a failed mail anew."""
        resend = path(
            "<int:pk>/resend/", self.admin_site.admin_view(self.resend), name="submissions_notification_resend"
        )
        return [resend, *super().get_urls()]

    @admin.display(description="send again")
    def again(self, row: Notification) -> str:
        """Say where a failed mail is sent again: on its own page."""
        return "open it to send it again" if row.state == Owed.FAILED else ""

    def resend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Owe one failed mail anew, under the same Message-ID."""
        return _resend(request, self, pk)


@require_POST
def _resend(request: HttpRequest, page: NotificationAdmin, pk: int) -> HttpResponse:
    _may(request, "change_notification")
    if not page.get_queryset(request).filter(pk=pk).exists():
        raise Http404("No such mail.")
    if Notification.objects.filter(pk=pk).owe_again():
        ring("notifications")
        messages.success(request, "It is owed again and leaves within a minute.")
    else:
        messages.warning(request, "Only a mail that failed, and whose address is known, is sent again.")
    return HttpResponseRedirect(reverse("admin:submissions_notification_changelist"))
