"""The probe: a mail to ourselves that says, when it comes back, what the road did to it."""

import re
import secrets

from django.db import transaction
from django.utils import timezone

from submissions.intake.email.addresses import mailboxes
from submissions.intake.email.understand import Understood
from submissions.models import MailProbe, Paper, RawMessage
from submissions.notifications import loop
from submissions.notifications.addresses import message_id_domain
from submissions.notifications.outbox import queue

SHAPE = re.compile(r"\bmail-check-([a-z0-9]{16})\b")
KEPT = ("auto-submitted", "x-auto-response-suppress")


class NoAddress(Exception):
    """No address of ours takes mail."""


@transaction.atomic
def send_probe() -> MailProbe:
    """Owe a probe to the first address that takes mail. Raises NoAddress."""
    to = next((address for address, mailbox in mailboxes().items() if mailbox), None)
    if to is None:
        raise NoAddress("INTAKE_ADDRESSES names no address that takes letters.")
    token = "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(16))
    probe = MailProbe.objects.create(token=token, to=to)
    queue("probe", to=to, key=f"probe:{token}", text=token)
    return probe


def probe_of(understood: Understood) -> MailProbe | None:
    """Return the probe that a message is, by its subject or, where that was changed, by its text."""
    parsed = understood.parsed
    found = SHAPE.search(parsed.subject) or SHAPE.search(parsed.body[:2000])
    return MailProbe.objects.filter(token=found[1]).first() if found else None


def come_back(probe: MailProbe, message: RawMessage, understood: Understood) -> None:
    """Note that a probe has come back, and what the road did to it; the first time counts."""
    MailProbe.objects.filter(pk=probe.pk, message=None).update(
        message=message, returned_at=timezone.now(), seen=_seen(understood)
    )


def _seen(understood: Understood) -> dict[str, object]:
    """Return what became of sender and headers, in codes; domains are our own system's, not a writer's."""
    headers, paper = understood.parsed.headers, Paper.current()
    return {
        "sender": _sender(understood.sender, paper),
        "from": "kept" if understood.parsed.address.casefold() == paper.reply_address.casefold() else "changed",
        "message_id": "kept" if understood.parsed.message_id.endswith(f"@{message_id_domain(paper)}") else "changed",
        "x_loop": "kept" if any(loop.is_ours(value) for value in headers.all(loop.HEADER.lower())) else "lost",
        **{name.replace("-", "_"): "kept" if headers.all(name) else "lost" for name in KEPT},
        "results": understood.trust.results,
    }


def _sender(sender: str | None, paper: Paper) -> str:
    if sender is None:
        return "not told"
    if sender == "":
        return "null"
    return "ours" if sender.casefold() == paper.reply_address.casefold() else "changed"
