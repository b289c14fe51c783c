"""Pages for what goes wrong."""

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a post whose form has expired."""
    return HttpResponse(reason, status=403)
