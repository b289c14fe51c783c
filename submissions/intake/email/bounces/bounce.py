"""Bounces: what the mail system tells of mail that did not reach its reader, by the standards and in any other form."""

from dataclasses import dataclass

from submissions.intake.email.bounces.forms import MOST_ADDRESSES, is_for_now, named_in, opens_as_bounce
from submissions.intake.email.bounces.library import look_up
from submissions.intake.email.bounces.reports import (
    STATUS,
    Fate,
    fates_in,
    gravest,
    report_of,
    report_type,
    wrapped_report,
)
from submissions.intake.email.bounces.returned import has_returned, returned_ids
from submissions.intake.email.bounces.ses import fates_told
from submissions.intake.email.bounces.texts import before_the_returned, text_of, unquoted
from submissions.intake.email.kinds.signs import (
    envelope_sender,
    has_bounce_subject,
    is_mailer,
    is_mailer_daemon,
    is_program,
    is_written,
)
from submissions.intake.email.parsing.parse import ParsedMessage


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """What a bounce tells: who was not reached, how lastingly, and which mail of ours it was.

    `addresses` are lower case; there are none where it names none that mail could go to. `action` is failed, delayed,
    delivered, relayed, expanded (RFC 3464, 2.3.3), "" if not told. `permanent` is whether the mail system gave up;
    whether the address is bad, `status` tells (RFC 3463, such as "5.1.1"; "" if not told). `message_ids` have no angle
    brackets; the returned message's own comes first.
    """

    addresses: tuple[str, ...]
    permanent: bool
    status: str
    action: str
    message_ids: tuple[str, ...]


def bounce_of(message: ParsedMessage, sender: str | None) -> Bounce | None:
    """Return what a bounce tells, None for any other mail. `sender` is the envelope's: "" is null, None unknown.

    House rule: a multipart/report counts whoever sent it. Anything else must plainly come from a machine: a letter may
    quote a bounce, carry one, or be about the post.
    """
    sender = envelope_sender(message, sender)
    fates = _reported(message, sender)
    if fates is None or not any(fate.address for fate in fates):
        worded = _worded(message, sender, reported=fates is not None)
        fates = _joined(fates, worded)
    return None if fates is None else _bounce(message, fates)


def _reported(message: ParsedMessage, sender: str | None) -> tuple[Fate, ...] | None:
    """Return what a report says, None where there is none."""
    told = fates_told(message)
    if told:
        return told
    found = report_of(message.tree)
    if report_type(message) == "delivery-status" or (found is not None and message.content_type == "multipart/report"):
        return gravest(found or ())
    likely = sender == "" or is_mailer(message) or has_bounce_subject(message)
    return gravest(found) if found is not None and likely else None


def _worded(message: ParsedMessage, sender: str | None, *, reported: bool) -> tuple[Fate, ...] | None:
    """Return what the words of a bounce say, () where they name nobody, None where it is no bounce."""
    certain = reported or _is_certain(message, sender)
    if not certain and not _may_be_machines(message):
        return None
    text = text_of(message.tree)
    if not certain and not _is_likely(message, sender, text):
        return None
    fates = (
        gravest(fates_in(text)) or _named(message, before_the_returned(text)) or gravest(wrapped_report(message.tree))
    )
    return fates or (() if is_mailer_daemon(message) or has_bounce_subject(message) else None)


def _is_certain(message: ParsedMessage, sender: str | None) -> bool:
    mailer = is_mailer(message) and (sender == "" or has_bounce_subject(message))
    return mailer or is_mailer_daemon(message)


def _may_be_machines(message: ParsedMessage) -> bool:
    """Whether it is worth while to look at the words: of people's mail that costs as much as the rest of this."""
    return is_mailer(message) or is_program(message) or has_bounce_subject(message)


def _is_likely(message: ParsedMessage, sender: str | None, text: str) -> bool:
    """Whether no person seems to have sent a mail that begins as bounces do."""
    text = unquoted(text)
    subject = has_bounce_subject(message)
    if is_mailer(message) or (is_program(message) and (subject or sender == "")):
        return opens_as_bounce(text)
    if not subject or is_written(message) or not opens_as_bounce(text, lines=1):
        return False
    return sender == "" or has_returned(message)


def _named(message: ParsedMessage, text: str) -> tuple[Fate, ...]:
    temporary, permanent = look_up(message.tree)
    addresses = _others(message, permanent or temporary) or named_in(text)
    for_now = (bool(temporary) and not permanent) or is_for_now(message.subject, text)
    status = STATUS.search(text)
    action = "delayed" if for_now else "failed"
    return tuple(Fate(address=one, action=action, status=status[1] if status else "") for one in addresses)


def _others(message: ParsedMessage, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses without the one that the bounce came to, and without ids, which the library takes for some.

    Who wrote to himself is told of his own address: it stays where it is the only one.
    """
    ours = {address.lower() for name in ("to", "delivered-to") for _, address in message.headers.mailboxes(name)}
    ids = {one.lower() for one in returned_ids(message)}
    found = tuple(one for one in addresses if one not in ids)
    return tuple(one for one in found if one not in ours) or found


def _joined(fates: tuple[Fate, ...] | None, worded: tuple[Fate, ...] | None) -> tuple[Fate, ...] | None:
    """Return the recipients that the words name with what the report, which names none, says became of the mail."""
    if not fates or not worded:
        return worded if fates is None else fates or worded or ()
    first = fates[0]
    return tuple(Fate(address=one.address, action=first.action, status=first.status or one.status) for one in worded)


def _bounce(message: ParsedMessage, fates: tuple[Fate, ...]) -> Bounce:
    action = fates[0].action if fates else ""
    status = next((fate.status for fate in fates if fate.status), "")
    addresses = dict.fromkeys(fate.address for fate in fates if fate.address)
    return Bounce(
        addresses=tuple(addresses)[:MOST_ADDRESSES],
        permanent=action == "failed" or (not action and status.startswith("5")),
        status=status,
        action=action,
        message_ids=returned_ids(message),
    )
