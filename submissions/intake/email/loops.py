"""Our own mail come back, by four signs; any one of them is enough, because servers on the way take some away."""

from submissions.intake.email.addresses import is_own, without_extension
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.models import Notification, Paper
from submissions.notifications import loop
from submissions.notifications.addresses import is_message_id_domain, message_id_domain

MOST_RECEIVED = 25


def loop_of(message: ParsedMessage, mailbox: str) -> str:
    """Return by which sign a message to `mailbox` has come back: x_loop, message_id, delivered_to, received; else "".

    The Message-ID counts by its domain, under which nothing but this program writes,
    and, for the day when the paper changes its domain, by the mails that we have sent.
    """
    if any(loop.is_ours(value) for value in message.headers.all(loop.HEADER.lower())):
        return "x_loop"
    if _is_our_id(message.message_id):
        return "message_id"
    if _was_delivered_before(message, mailbox):
        return "delivered_to"
    return "received" if len(message.headers.all("received")) > MOST_RECEIVED else ""


def _is_our_id(message_id: str) -> bool:
    domain = message_id.rpartition("@")[2].casefold()
    if not is_message_id_domain(domain):
        return False
    if domain == message_id_domain(Paper.current()).casefold():
        return True
    return Notification.objects.filter(message_id=f"<{message_id}>").exists()


def _was_delivered_before(message: ParsedMessage, mailbox: str) -> bool:
    """Whether one address of ours stands in two Delivered-To fields (RFC 9228, 3).

    Once is the delivery that is just happening: Postfix, Dovecot and Gmail write the field before we see the message.
    """
    named = [without_extension(_bare(value)) for value in message.headers.all("delivered-to")]
    own = {address for address in named if is_own(address) or address == without_extension(_bare(mailbox))}
    return any(named.count(address) > 1 for address in own)


def _bare(address: str) -> str:
    return address.strip().strip("<>").casefold()
