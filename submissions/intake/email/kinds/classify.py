"""What kind of mail it is: nothing is dropped, but only a person's mail becomes a submission."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from submissions.intake.email.addresses import is_own
from submissions.intake.email.bounces import Bounce, bounce_of
from submissions.intake.email.bounces.reports import DELIVERY, has_part, report_type
from submissions.intake.email.kinds.autoreplies import auto_reply_sign
from submissions.intake.email.kinds.confirmations import forwarding_confirmation
from submissions.intake.email.kinds.feedback import told_by
from submissions.intake.email.kinds.signs import envelope_sender
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.models import Outcome

RECEIPTS = "message/disposition-notification", "message/global-disposition-notification"
_LIST_HEADERS = ("list-id", "list-post", "mailing-list", "x-mailing-list", "x-beenthere", "x-mailman-version")


@dataclass(frozen=True)
class Verdict:
    """What a message is, where it is no letter, and by which sign."""

    outcome: Outcome
    reason: str
    bounce: Bounce | None = None
    """What it tells, where it is one."""


def classify(message: ParsedMessage, sender: str | None) -> Verdict | None:
    """Return what a message is, None for a person's mail. `sender` is the envelope's: "" is null, None unknown."""
    sender = envelope_sender(message, sender)
    for rule in _RULES:
        verdict = rule(message, sender)
        if verdict:
            return verdict
    return None


def _bounce(message: ParsedMessage, sender: str | None) -> Verdict | None:
    bounce = bounce_of(message, sender)
    if not bounce:
        return None
    standard = has_part(message, *DELIVERY) or report_type(message)
    return Verdict(Outcome.BOUNCE, f"{'rfc3464' if standard else 'loose'}:{bounce.action or 'unknown'}", bounce)


def _report(message: ParsedMessage, _sender: str | None) -> Verdict | None:
    if has_part(message, "message/feedback-report"):
        return Verdict(Outcome.REPORT, "rfc5965")
    if has_part(message, *RECEIPTS):
        return Verdict(Outcome.AUTO_REPLY, "rfc8098")
    kind = report_type(message)
    if kind:
        return Verdict(Outcome.REPORT, f"rfc6522:{re.sub('[^a-z0-9-]', '', kind)}"[:40])
    told = told_by(message)
    return Verdict(Outcome.REPORT, told) if told else None


def _forwarding(message: ParsedMessage, _sender: str | None) -> Verdict | None:
    asked = forwarding_confirmation(message)
    if not asked:
        return None
    return Verdict(Outcome.FORWARDING, "link" if asked.link else "code" if asked.code else "bare")


def _auto_reply(message: ParsedMessage, sender: str | None) -> Verdict | None:
    sign = auto_reply_sign(message, sender)
    return Verdict(Outcome.AUTO_REPLY, sign) if sign else None


def _list(message: ParsedMessage, _sender: str | None) -> Verdict | None:
    """Judge by RFC 2919 and 2369. A list whose address is our own (a group that serves as mailbox) is no list."""
    headers = message.headers
    if not any(headers.all(name) for name in _LIST_HEADERS) and headers.token("precedence") != "list":
        return None
    return None if is_own_list(message) else Verdict(Outcome.LIST, "rfc2919" if headers.all("list-id") else "header")


def is_own_list(message: ParsedMessage) -> bool:
    """Whether the list that passed a message on is one of our own addresses."""
    named = " ".join(
        value for name in ("list-post", "list-id", "mailing-list", "x-beenthere") for value in message.headers.all(name)
    )
    addresses = re.findall(r"[\w.+-]{1,100}@[\w.-]{1,200}", named[:4000])
    return any(is_own(address) for address in addresses)


_RULES: tuple[Callable[[ParsedMessage, str | None], Verdict | None], ...] = (
    _forwarding,
    _bounce,
    _report,
    _auto_reply,
    _list,
)
