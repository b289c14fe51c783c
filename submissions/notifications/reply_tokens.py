"""Addresses that lead a reply home: letters+TOKEN@ names the mail that is answered, whatever a server does to headers.

A token is 24 letters and digits in one case, because mail systems may change it: 16 of a signature (80 bits), which
nobody can make up, and 8 of the mail's number.
"""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from submissions.models import Notification, Paper
from submissions.notifications.addresses import intake_addresses, sole_address

LOCAL_PART = 64
"""Characters before the @ (RFC 5321, 4.5.3.1.1)."""
_SALT = "mailbag.reply"
_MAC_BYTES, _NUMBER_BYTES = 10, 5
_TOKEN = re.compile(r"[a-z2-7]{24}", re.IGNORECASE | re.ASCII)


def token_for(notification: Notification) -> str:
    """Return the token of a stored mail."""
    number = notification.pk.to_bytes(_NUMBER_BYTES, "big")
    return base64.b32encode(_mac(number, settings.SECRET_KEY) + number).decode().lower()


def notification_of(extension: str) -> Notification | None:
    """Return the mail whose token an address extension is, in any case; None if it is none of ours."""
    if not _TOKEN.fullmatch(extension):
        return None
    content = base64.b32decode(extension.upper())
    mac, number = content[:_MAC_BYTES], content[_MAC_BYTES:]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(_mac(number, secret), mac) for secret in secrets):
        return None
    return Notification.objects.filter(pk=int.from_bytes(number, "big")).first()


def reply_address(owed: Notification, paper: Paper) -> str | None:
    """Return where a reply to a mail should go; None where the paper has no address for replies.

    The mail's own address, if it is about a submission and for somebody outside, and if the paper's reply address takes
    mail in here and may have extensions; else the paper's.
    """
    address = sole_address(paper.reply_address)
    if address is None or not paper.plus_addressing or owed.submission_id is None or owed.user_id is not None:
        return address
    local, _, domain = address.rpartition("@")
    if owed.pk is None or address.casefold() not in intake_addresses() or "+" in local:
        return address
    tagged = f"{local}+{token_for(owed)}"
    return f"{tagged}@{domain}" if len(tagged) <= LOCAL_PART else address


def _mac(number: bytes, secret: str | bytes) -> bytes:
    return salted_hmac(_SALT, number, secret=secret, algorithm="sha256").digest()[:_MAC_BYTES]
