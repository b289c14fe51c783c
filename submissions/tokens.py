"""Signed links: what a mail carries so that its reader can prove that it arrived."""

import hashlib

from django.core import signing

from submissions.models import Writer

CONFIRM_SALT = "mailbag.confirm"
CONFIRM_DAYS = 30


def confirm_token(writer: Writer) -> str:
    """Return the token that proves that mail to the writer's present address was read, without showing the address."""
    return signing.dumps([writer.pk, _mark(writer)], salt=CONFIRM_SALT)


def writer_of(token: str) -> Writer | None:
    """Return the writer a token was made for, or None if it is forged, too old, or the address has changed since."""
    try:
        pk, mark = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_DAYS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    writer = Writer.objects.filter(pk=pk).first()
    return writer if writer and _mark(writer) == mark else None


def _mark(writer: Writer) -> str:
    """Return what changes with the address; the signature is what cannot be forged."""
    return hashlib.sha256((writer.email or "").encode()).hexdigest()[:16]
