"""Addresses that a mail may go to: exactly one, plain, and nothing that a header could misread."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from submissions.models import Paper

_PLAIN = re.compile(r"[^\s@\"\\,;:<>()\[\]\x00-\x1f\x7f]+@[^\s@\"\\,;:<>()\[\]\x00-\x1f\x7f]+")


def sole_address(text: str | None) -> str | None:
    """Return the text if it is exactly one email address with a domain name, else None.

    House rule: quoted local parts and address literals, legal as they are, are refused; what they hide is not worth it.
    """
    if not text or len(text) > 254 or not text.isascii() or not _PLAIN.fullmatch(text):
        return None
    try:
        validate_email(text)
    except ValidationError:
        return None
    return text


def own_domain() -> str:
    """Return the domain that our mail comes from: the one of the newspaper's reply address."""
    return Paper.current().reply_address.rpartition("@")[2]


def own_addresses() -> set[str]:
    """Return our own addresses in lower case: those that take mail in, and the one that mail comes from."""
    intake = {entry.partition("=")[0].strip().casefold() for entry in settings.INTAKE_ADDRESSES}
    return intake | {Paper.current().reply_address.casefold()}
