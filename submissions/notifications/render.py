"""From an owed message to a mail: its template's subject, plain text and HTML."""

import re

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from submissions.models import Notification, Paper
from submissions.notifications.addresses import sole_address
from submissions.notifications.contexts import NoLongerOwed, context_for
from submissions.notifications.mail import compose

FOLDER = "submissions/notifications"
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*\n")


def render(owed: Notification, paper: Paper | None = None) -> EmailMultiAlternatives:
    """Return the mail. Raises NoLongerOwed; whatever else goes wrong in a template comes through."""
    paper = paper or Paper.current()
    address = sole_address(owed.to)
    if address is None:
        raise NoLongerOwed("no address")
    context = context_for(owed, paper)
    subject, text, html = (
        render_to_string(f"{FOLDER}/{owed.template}.{part}", context) for part in ("subject.txt", "txt", "html")
    )
    plain = _BLANK_LINES.sub("\n\n", text.strip()) + "\n"
    return compose(owed, address, paper, subject=owed.subject or subject, text=plain, html=html)
