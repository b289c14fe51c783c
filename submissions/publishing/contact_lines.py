"""Where a line of the contact page leads: a mail, a phone call, or nowhere."""

import re
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_PHONE = re.compile(r"\+?[\d(][\d ().\u2011-]{5,24}\d")


def link_of(address: str) -> str:
    """Return the link for an email address or a phone number; nothing for what is neither, such as a street."""
    if _PHONE.fullmatch(address.strip()):
        return "tel:" + "".join(char for char in address if char in "+0123456789")
    try:
        validate_email(address.strip())
    except ValidationError:
        return ""
    return "mailto:" + quote(address.strip(), safe="@+")
