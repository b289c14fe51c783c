"""For machines: whether the process is up, and whether the parts that it needs are there."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process is up."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> JsonResponse:
    """Name each part and whether it is ready; 503 while one is not."""
    connection.ensure_connection()
    return JsonResponse({"database": "ok"})
