"""The mail itself: headers, envelope and both bodies."""

import re
from email import charset
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives

from submissions.cleaning import one_line
from submissions.models import Notification, Paper
from submissions.notifications import loop
from submissions.notifications.policy import ANSWERING
from submissions.notifications.reply_tokens import reply_address

_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")

# Quoted-printable: seven-bit lines of at most 76 characters, which no server rewrites. Plain ASCII goes as it is.
UTF8 = charset.Charset("utf-8")
UTF8.body_encoding = charset.QP


def compose(owed: Notification, to: str, paper: Paper, *, subject: str, text: str, html: str) -> EmailMultiAlternatives:
    """Return the mail for an owed message; its `from_email` is the envelope sender, empty for a null one."""
    mail = EmailMultiAlternatives(
        subject=one_line(subject, 200),
        body=text,
        to=[to],
        reply_to=[address] if (address := reply_address(owed, paper)) else None,
        headers=_headers(owed, paper),
    )
    mail.from_email = "" if owed.template in ANSWERING else paper.reply_address  # RFC 3834: null
    if not (text + html).isascii():
        mail.encoding = UTF8
    mail.attach_alternative(html, "text/html")
    return mail


def _headers(owed: Notification, paper: Paper) -> dict[str, str]:
    headers = {
        "From": formataddr((one_line(paper.name), paper.reply_address)),
        "Message-ID": owed.message_id,
        "Auto-Submitted": "auto-replied" if owed.template in ANSWERING else "auto-generated",
        "X-Auto-Response-Suppress": "All",
        loop.HEADER: loop.mark(paper),
    }
    if _MESSAGE_ID.fullmatch(owed.in_reply_to):
        headers |= {"In-Reply-To": owed.in_reply_to, "References": owed.in_reply_to}
    return headers
