"""Which letters get no automatic answer (RFC 3834, section 2), and what an editor is told of it."""

from submissions.intake.email.classify import envelope_sender, is_own_list
from submissions.intake.email.parse import ParsedMessage
from submissions.models import Noticed, Paper, Severity
from submissions.notifications.addresses import own_addresses
from submissions.notifications.policy import may_answer

MESSAGES = {
    "null_sender": "No acknowledgement is sent: the mail came without a return address.",
    "auto_generated": "No acknowledgement is sent: a program wrote this mail.",
    "bulk": "No acknowledgement is sent: this mail went to many people.",
    "suppressed": "No acknowledgement is sent: the mail asks that nothing automatic answers it.",
    "no_address": "No acknowledgement is sent: the mail names no address that one could write to.",
    "own_address": "No acknowledgement is sent: the mail names one of our own addresses as its writer.",
    "machine": "No acknowledgement is sent: nobody reads the address that this mail came from.",
}


def no_answer(message: ParsedMessage, sender: str | None, address: str) -> tuple[Noticed, ...]:
    """Return the finding that withholds the acknowledgement to `address`, if there is a reason for one."""
    why = _why(message, envelope_sender(message, sender), address)
    if not why:
        return ()
    return (Noticed(rule="no_answer", severity=Severity.INFO, message=MESSAGES[why], data={"why": why}),)


def _why(message: ParsedMessage, sender: str | None, address: str) -> str:
    headers = message.headers
    if sender == "":
        return "null_sender"
    if headers.token("auto-submitted") not in ("", "no"):
        return "auto_generated"
    if not is_own_list(message) and (
        headers.token("precedence") in ("bulk", "junk", "list") or headers.all("list-unsubscribe")
    ):
        return "bulk"
    wishes = {wish.strip() for wish in headers.text("x-auto-response-suppress").lower().split(",")}
    if wishes & {"all", "autoreply"}:
        return "suppressed"
    if not address:
        return "no_address"
    if address.casefold() in own_addresses(Paper.current()):
        return "own_address"
    return "" if may_answer(address) else "machine"
