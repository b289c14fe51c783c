"""Stands before every page: whatever fails behind it, the reader gets a page that keeps what was typed."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError

from submissions.intake.web.errors import error_page, form_of
from submissions.intake.web.salvage import fields_of, keep_beginning
from submissions.intake.web.uploads import Ceiling
from submissions.models import HousePolicy, Kind

logger = logging.getLogger(__name__)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FOR_NOW = (OperationalError, InterfaceError, OSError, HousePolicy.DoesNotExist)
"""What passes: a database or a disk that cannot take it now, a paper that has no rules yet."""
DJANGOS_OWN = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class KeepTypedText:
    """Reads the forms' posts early and within limits, and turns failures into pages that give the text back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; a form's post that cannot be read is answered here."""
        kind = form_of(request) if request.method == "POST" else None
        return (kind and self._unreadable(request, kind)) or self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what a page's own code raised: 503 for what passes, else 500."""
        if isinstance(exception, DJANGOS_OWN):
            return None
        if isinstance(exception, FOR_NOW):
            logger.error("%s is out of order: %s", _name(request), type(exception).__name__)
            return error_page(request, 503, form_of(request))
        if settings.DEBUG:
            return None
        got_request_exception.send(sender=type(self), request=request)
        logger.error("%s failed", _name(request), exc_info=exception)
        return error_page(request, 500, form_of(request))

    def _unreadable(self, request: HttpRequest, kind: Kind) -> HttpResponse | None:
        """Read the post; return a page only where that fails."""
        kept = keep_beginning(request)
        request.upload_handlers.insert(0, Ceiling(lambda: HousePolicy.objects.in_force(kind)))
        try:
            request.POST  # noqa: B018  (reading it parses it)
        except TOO_LARGE:
            request._mark_post_parse_error()  # type: ignore[attr-defined]
            return error_page(request, 413, kind, fields_of(kept, request.META.get("CONTENT_TYPE", "")))
        except (BadRequest, UnreadablePostError):
            request._mark_post_parse_error()  # type: ignore[attr-defined]
            return error_page(request, 400, kind, fields_of(kept, request.META.get("CONTENT_TYPE", "")))
        return None


def _name(request: HttpRequest) -> str:
    """Return the page's name: its address may be a secret."""
    return (request.resolver_match and request.resolver_match.url_name) or "a page"
