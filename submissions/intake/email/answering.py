"""Which letters get no automatic answer (RFC 3834, section 2), and what an editor is told of it."""

import re

from django.conf import settings

from submissions.intake.email.addresses import without_extension
from submissions.intake.email.kinds.classify import is_own_list
from submissions.intake.email.kinds.signs import envelope_sender
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.trust.verdict import NOTHING_KNOWN, Trust
from submissions.models import Noticed, Paper, Severity
from submissions.notifications import loop
from submissions.notifications.addresses import own_addresses
from submissions.notifications.policy import NO_ANSWER, may_answer

_MAY_SEND = "An editor may send it."
MESSAGES = {
    "null_sender": "No acknowledgement is sent: the mail came without a return address.",
    "auto_generated": "No acknowledgement is sent: a program wrote this mail.",
    "marked": "No acknowledgement is sent: a program has marked this mail, lest it go round in a circle.",
    "bulk": "No acknowledgement is sent: this mail went to many people.",
    "suppressed": "No acknowledgement is sent: the mail asks that nothing automatic answers it.",
    "no_address": "No acknowledgement is sent: the mail names no address that one could write to.",
    "own_address": "No acknowledgement is sent: the mail names one of our own addresses as its writer.",
    "machine": "No acknowledgement is sent: nobody reads the address that this mail came from.",
    "unauthenticated": "No acknowledgement is sent: the mail fails the checks that its sender's domain asks for, so "
    f"somebody else may have written it. {_MAY_SEND}",
    "envelope": "No acknowledgement is sent by itself: the mail was sent from another address than it names. "
    f"{_MAY_SEND}",
    "no_envelope": "No acknowledgement is sent by itself: it is not known where the mail was sent from, and the mail "
    f"system does not vouch for the address that it names. {_MAY_SEND}",
}

MOST_WRAPPINGS = 3
_WRAPPINGS = (
    re.compile(r"srs0[-+=](?:[^=@]{1,64}=){2}(?P<domain>[^=@]{1,255})=(?P<local>[^@]{1,300})@.{1,255}", re.IGNORECASE),
    re.compile(
        r"srs1[-+=][^=@]{1,64}=[^=@]{1,255}=[-+=](?:[^=@]{1,64}=){2}(?P<domain>[^=@]{1,255})=(?P<local>[^@]{1,300})@.{1,255}",
        re.IGNORECASE,
    ),
    re.compile(r"prvs=[0-9a-z]{1,32}=(?P<local>[^@]{1,300})@(?P<domain>[^@]{1,255})", re.IGNORECASE),
    re.compile(r"btv1==[0-9a-z]{1,32}==(?P<local>[^@]{1,300})@(?P<domain>[^@]{1,255})", re.IGNORECASE),
)
"""Sender rewriting (SRS), bounce address tags (BATV, draft-levine-smtp-batv), and Barracuda's form of these."""


def no_answer(
    message: ParsedMessage, sender: str | None, address: str, trust: Trust = NOTHING_KNOWN
) -> tuple[Noticed, ...]:
    """Return the finding that withholds the acknowledgement to `address`, if there is a reason for one."""
    sender = envelope_sender(message, sender)
    why = _said_so(message, sender) or _unfit(address) or _forged(sender, address, trust)
    if not why:
        return ()
    return (Noticed(rule=NO_ANSWER, severity=Severity.INFO, message=MESSAGES[why], data={"why": why}),)


def unwrapped(sender: str) -> str:
    """Return the address that an envelope sender stands for: without what forwarders and bounce tags made of it."""
    for _ in range(MOST_WRAPPINGS):
        found = next((match for wrapping in _WRAPPINGS if (match := wrapping.fullmatch(sender))), None)
        if not found:
            break
        sender = f"{found['local']}@{found['domain']}"
    return sender


def _said_so(message: ParsedMessage, sender: str | None) -> str:
    """Return what the message itself says against an answer."""
    headers = message.headers
    if sender == "":
        return "null_sender"
    if headers.token("auto-submitted") not in ("", "no"):
        return "auto_generated"
    if headers.all(loop.HEADER.lower()):  # another house's mark stays where its Auto-Submitted is taken away
        return "marked"
    if not is_own_list(message) and (
        headers.token("precedence") in ("bulk", "junk", "list") or headers.all("list-unsubscribe")
    ):
        return "bulk"
    wishes = {wish.strip() for wish in headers.text("x-auto-response-suppress").lower().split(",")}
    return "suppressed" if wishes & {"all", "autoreply"} else ""


def _unfit(address: str) -> str:
    """Return why nothing automatic should go to an address."""
    if not address:
        return "no_address"
    paper = Paper.current()
    if address.casefold() in own_addresses(paper):
        return "own_address"
    return "" if may_answer(address, paper) else "machine"


def _forged(sender: str | None, address: str, trust: Trust) -> str:
    """Return why an answer might reach somebody who never wrote.

    It goes to the envelope sender only (RFC 3834, 4). Where no envelope is known, the address in From is answered if
    the mail system vouches for it, or if the house has no server that could.
    """
    if trust.forbids_answer:
        return "unauthenticated"
    if sender is None:
        return "" if trust.vouched or not settings.AUTHSERV_ID else "no_envelope"
    same = without_extension(unwrapped(sender).casefold()) == without_extension(address.casefold())
    return "" if same else "envelope"
