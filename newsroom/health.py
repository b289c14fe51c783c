"""For machines: whether the process is up, and whether the parts that it needs are there."""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process is up."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Name each part and whether it is ready; 503 while one is not."""
    parts = {name: _ready(name, probe) for name, probe in PARTS.items()}
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)


def _ready(name: str, probe: Callable[[], None]) -> str:
    try:
        probe()
    except Exception as error:  # whatever is wrong with it, the answer is the same
        logger.warning("%s is not ready (%s)", name, type(error).__name__)
        return "not ready"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0)
        channel: Any = broker.default_channel
        channel.queue_declare(queue="celery")


def _storage() -> None:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=root) as file:
        file.write(b"ok")


PARTS = {"database": _database, "broker": _broker, "storage": _storage}
