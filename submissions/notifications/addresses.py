"""Addresses that a mail may go to: exactly one, plain, and nothing that a header could misread."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from submissions.models import Paper

_PLAIN = re.compile(r"([^\s@\"\\,;:<>()\[\]\x00-\x1f\x7f]+)@([^\s@\"\\,;:<>()\[\]\x00-\x1f\x7f]+)")

_OF_MESSAGE_IDS = "mailbag."


def sole_address(text: str | None) -> str | None:
    """Return the text if it is exactly one email address with a domain name, else None; an IDN domain comes back ASCII.

    House rule: quoted local parts and address literals, legal as they are, are refused; what they hide is not worth it.
    """
    parts = _PLAIN.fullmatch(text or "")
    if parts is None or len(parts[0]) > 254 or not parts[1].isascii():
        return None
    try:
        address = f"{parts[1]}@{parts[2].encode('idna').decode()}"
        validate_email(address)
    except (UnicodeError, ValidationError):
        return None
    return address


def domain_of(paper: Paper) -> str:
    """Return the domain that our mail comes from: the one of the newspaper's reply address."""
    return paper.reply_address.rpartition("@")[2]


def message_id_domain(paper: Paper) -> str:
    """Return the domain of our Message-IDs: one of its own, so that mail which comes back is told from the staff's."""
    return f"{_OF_MESSAGE_IDS}{domain_of(paper)}"


def is_message_id_domain(domain: str) -> bool:
    """Whether a domain may be that of our Message-IDs, whatever the paper's domain is or was."""
    return domain.startswith(_OF_MESSAGE_IDS)


def intake_addresses() -> set[str]:
    """Return the addresses that take mail in, in lower case."""
    return {entry.partition("=")[0].strip().casefold() for entry in settings.INTAKE_ADDRESSES}


def own_addresses(paper: Paper) -> set[str]:
    """Return our own addresses in lower case: those that take mail in, and the one that mail comes from."""
    return intake_addresses() | {paper.reply_address.casefold()}
