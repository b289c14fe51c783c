"""Reports on mail of ours, or sent in our name, that come in a form of their own and not as RFC 5965 has it."""

import re

from submissions.intake.email.bounces.ses import kind_of, notification_of
from submissions.intake.email.bounces.texts import own_parts
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.parsing.tree import content_type_of

_COMPLAINT = re.compile(r"\s{0,9}complaint about message from\b", re.IGNORECASE)
# RFC 7489, 7.2.1.1, prescribes the subject of an aggregate report.
_AGGREGATE = re.compile(r"\s{0,9}report domain: ?\S{1,255} submitter: ?\S{1,255}", re.IGNORECASE)


def told_by(message: ParsedMessage) -> str:
    """Return which report a mail is, as a short code, "" if it is none."""
    if kind_of(notification_of(message)):
        return "ses"
    has_message = any(content_type_of(part) == "message/rfc822" for part in own_parts(message.tree))
    if has_message and _COMPLAINT.match(message.subject):
        return "jmrp"
    return "rfc7489" if _AGGREGATE.match(message.subject) else ""
