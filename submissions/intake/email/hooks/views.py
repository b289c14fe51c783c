"""`/hooks/<esp>/inbound/`: what a mail service posts is stored, or refused with what that service understands."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.email.hooks.post import Post, TooLarge
from submissions.intake.email.hooks.providers import BASIC, PROVIDERS, Delivery, NoRawMessage, Provider, deliveries
from submissions.intake.email.limits import message_limit
from submissions.models import Door

logger = logging.getLogger(__name__)

OK, UNREADABLE, UNSIGNED, NOBODY, TOO_LARGE = 200, 400, 401, 406, 413
LARGE_AT_ONCE = BoundedSemaphore(2)
"""A large post takes several times its size in memory: more than two at once wait, and then come again."""
PATIENCE = 10.0


class Busy(Exception):
    """Other large posts are being read."""


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def inbound(request: HttpRequest, esp: str) -> HttpResponse:
    """Answer 200 once every message of the post is safe; 503 where the service had better come again.

    Some services ask with HEAD whether there is anybody.
    """
    provider = PROVIDERS.get(esp)
    secret = settings.ANYMAIL.get(provider.setting) if provider else None
    if not provider or not secret:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    try:
        with _room_for(request):
            return _answer(request, provider, secret)
    except NoRawMessage:
        logger.error("%s posts no raw message: turn its raw MIME mode on", esp)  # noqa: TRY400 no typed text
    except (Error, OSError, MemoryError, Busy) as error:
        logger.warning("a post of %s could not be stored: %s", esp, type(error).__name__)
    except Exception as error:  # a retry may help, a refusal loses the message
        logger.error("inner error at the hook of %s: %s", esp, type(error).__name__)  # noqa: TRY400 no typed text
    return HttpResponse(status=503, headers={"Retry-After": "120"})


@contextmanager
def _room_for(request: HttpRequest) -> Iterator[None]:
    """Let a small post through, and a large one when it may. Raises Busy after PATIENCE seconds."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        yield
        return
    if not LARGE_AT_ONCE.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        LARGE_AT_ONCE.release()


def _answer(request: HttpRequest, provider: Provider, secret: str) -> HttpResponse:
    post = Post(request)
    try:
        if not provider.is_genuine(post, secret, f"{settings.SITE_URL}{request.get_full_path()}"):
            return _unsigned(provider)
        return HttpResponse(status=_take(deliveries(provider, post), provider))
    except TooLarge:
        return HttpResponse(status=provider.refusal or TOO_LARGE)
    except MultiPartParserError:
        return HttpResponse(status=UNREADABLE)


def _take(messages: list[Delivery], provider: Provider) -> int:
    """Store what is for us; return the status: a refusal only if nothing was stored. Raises what accept raises."""
    limit = message_limit()
    statuses = {_take_one(message, limit) for message in messages}
    if not statuses or OK in statuses:
        return OK
    return provider.refusal or max(statuses)


def _take_one(message: Delivery, limit: int) -> int:
    found = (find_mailbox(recipient) for recipient in message.recipients)
    mailboxes = tuple(mailbox for mailbox in found if mailbox)
    if not mailboxes:
        logger.warning("a message for none of our addresses was refused")
        return NOBODY
    if len(message.raw) > limit:
        logger.warning("a message of %s bytes was refused", len(message.raw))
        return TOO_LARGE
    accept(Envelope(door=Door.HOOK, sender=message.sender, mailboxes=mailboxes), message.raw)
    return OK


def _unsigned(provider: Provider) -> HttpResponse:
    """Refuse; Amazon SNS sends name and password only when it is asked for them (RFC 9110, section 11.6.1)."""
    if provider.option == BASIC:
        return HttpResponse(status=UNSIGNED, headers={"WWW-Authenticate": 'Basic realm="mail"'})
    return HttpResponse(status=UNREADABLE)
