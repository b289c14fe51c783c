"""Signed links: what a mail carries so that its reader can prove that it arrived."""

import hashlib
from typing import Any

from django.core import signing

from submissions.models import Submission, Writer

CONFIRM_SALT = "mailbag.confirm"
COMPLETE_SALT = "mailbag.complete"
CONFIRM_DAYS = 30


def confirm_token(writer: Writer) -> str:
    """Return the token that proves that mail to the writer's present address was read, without showing the address."""
    return signing.dumps([writer.pk, _mark(writer)], salt=CONFIRM_SALT)


def writer_of(token: str) -> Writer | None:
    """Return the writer a token was made for, or None if it is forged, too old, or the address has changed since."""
    pk, mark = _read(token, CONFIRM_SALT)
    writer = Writer.objects.filter(pk=pk).first()
    return writer if writer and _mark(writer) == mark else None


def complete_token(submission: Submission) -> str:
    """Return the token by which the writer of one submission, reading our mail, may complete it."""
    return signing.dumps([submission.pk, _mark(submission.writer)], salt=COMPLETE_SALT)


def submission_of(token: str) -> Submission | None:
    """Return the submission a token was made for, or None as `writer_of` does, also once another signs it."""
    pk, mark = _read(token, COMPLETE_SALT)
    found = Submission.objects.select_related("writer", "current", "policy").filter(pk=pk).first()
    return found if found and _mark(found.writer) == mark else None


def _read(token: str, salt: str) -> tuple[Any, Any]:
    """Return the key and the mark in a token; twice None if it is forged or too old."""
    try:
        pk, mark = signing.loads(token, salt=salt, max_age=CONFIRM_DAYS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None, None
    return pk, mark


def _mark(writer: Writer) -> str:
    """Return what changes with the address; the signature is what cannot be forged."""
    return hashlib.sha256((writer.email or "").encode()).hexdigest()[:16]
