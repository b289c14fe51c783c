"""Drafts and policies for checks: no database."""

from submissions.models import HousePolicy
from submissions.screening.draft import Draft

FIELDS = {"name": "W. Prairie", "email": "w.prairie@example.org", "city": "Laramie", "paper": "Wyoming Star"}


def draft(body="A bench at the courthouse would do.", **fields):
    return Draft(body=body, **{**FIELDS, **fields})


def policy(**fields):
    defaults = {
        "kind": "letter",
        "number": 1,
        "required_fields": ["name", "city"],
        "attachment_types": ["image/jpeg", "application/pdf"],
        "terms": "Mine.",
    }
    return HousePolicy(**{**defaults, **fields})


def quoted(noticed):
    """The very words of findings."""
    return [found.words for found in noticed]


def messages(noticed):
    return [found.message for found in noticed]
