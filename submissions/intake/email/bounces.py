"""Mail from machines about mail: bounces (RFC 3464), feedback reports (RFC 5965), read receipts (RFC 8098)."""

import logging
import re
from email.message import Message

from flufl.bounce import all_failures

from submissions.intake.email.headers import Headers
from submissions.intake.email.parse import ParsedMessage
from submissions.intake.email.tree import content_type_of, guarded, walk

DELIVERY = "message/delivery-status", "message/global-delivery-status"
# It logs each of its twenty looks at each message, and at length the faults of its own detectors, which it passes over.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

_MACHINE = re.compile(
    r"(mailer[-_. ]?daemon|post ?master|mail[-_. ]?(delivery|administrator|router|system)|mdaemon|mmdf"
    r"|delivery[-_. ]?(failure|status)|bounces?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(undeliver|un-deliver|undelivered|returned mail|return(ed|ing) (message|to sender)|failure notice"
    r"|mail delivery (fail|problem|system|error|status)"
    r"|delivery (status|failure|error|notification|report|has failed|delayed?)"
    r"|mail (system error|could not|not delivered|failure)|(message|mail) (delivery )?(failed|delayed|status|rejected)"
    r"|could ?n.t (be )?deliver|nondeliverable|non[- ]delivery"
    r"|warning: (could not send|message)|permanent (delivery )?error)",
    re.IGNORECASE,
)


def delivery_report(message: ParsedMessage) -> str:
    """Return what a standard report says became of a mail (failed, delayed, delivered, ...), "" if it is none."""
    for part, _ in walk(message.tree):
        if content_type_of(part) in DELIVERY:
            return _action(part)
    return "unknown" if report_type(message) == "delivery-status" else ""


def report_type(message: ParsedMessage) -> str:
    """Return which report a multipart/report is (RFC 6522), "" if it is none."""
    if message.content_type != "multipart/report":
        return ""
    found = guarded(lambda: message.tree.get_param("report-type", ""), "")
    return found.lower() if isinstance(found, str) else ""


def has_part(message: ParsedMessage, content_type: str) -> bool:
    """Whether a part of that type is anywhere in a message."""
    return any(content_type_of(part) == content_type for part, _ in walk(message.tree))


def loose_bounce(message: ParsedMessage, sender: str | None) -> str:
    """Return how lasting the failure is that a bounce of no standard tells of; "" if it is no bounce.

    Only what a machine sent, or what says so in its subject, is looked into: a letter may quote a bounce.
    """
    machine = sender == "" or bool(_MACHINE.search(f"{message.name} {message.address}"))
    if not machine and not _SUBJECT.search(message.subject):
        return ""
    temporary, permanent = guarded(lambda: all_failures(message.tree), (frozenset(), frozenset()))
    if permanent:
        return "permanent"
    if temporary:
        return "temporary"
    return "unknown" if machine and _SUBJECT.search(message.subject) else ""


def _action(part: Message) -> str:
    """Return the first Action field of a delivery status; its groups of fields are parsed as messages of their own."""
    for group, _ in walk(part):
        action = Headers.of(group).token("action")
        if action:
            return re.sub(r"[^a-z-]", "", action)[:20]
    return "unknown"
