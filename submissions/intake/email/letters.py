"""A person's mail as an arrival for the one door."""

import re

from submissions.cleaning import one_line
from submissions.intake.email.answering import no_answer
from submissions.intake.email.parse import ParsedMessage
from submissions.intake.receive import Arrival
from submissions.models import Channel, Kind, Noticed, RawMessage, Severity
from submissions.notifications.addresses import sole_address

HEADLINE_LENGTH = 300
_PREFIX = re.compile(
    r"\s*(?:(?:re|fwd?|fw|aw|wg|antw|sv|vs|tr|rv|res|enc|odp|pd|ynt)\s*(?:\[\d+\]|\(\d+\))?\s*:|\[(?:ext|external)\])\s*",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:letters? to the (?:editor|ed)|lte|op-?ed(?: submission)?|opinion piece)\s*[:\u2013\u2014-]\s*", re.IGNORECASE
)
_OVER = {
    "parts": "it has more parts than we take apart",
    "depth": "its parts nest deeper than we follow",
    "structure": "its structure could not be followed",
    "text": "its text is longer than we read",
}


def arrival_of(message: RawMessage, parsed: ParsedMessage, identity: str) -> Arrival:
    """Return what a mail hands over: who wrote is who From names, else who the envelope does."""
    address = parsed.address or sole_address(message.envelope_from) or ""
    return Arrival(
        identity=identity,
        kind=Kind(message.kind),
        channel=Channel.EMAIL,
        name=_name(parsed.name),
        email=address,
        headline=headline_of(parsed.subject),
        body=parsed.body,
        files=parsed.files,
        findings=(*_over(parsed), *no_answer(parsed, message.envelope_from, address)),
        received_at=message.received_at,
    )


def headline_of(subject: str) -> str:
    """Return a subject without what mail programs and writers put before it: Re:, Fwd:, Letter to the editor:."""
    shown, before = subject, None
    while shown != before:
        before = shown
        shown = _PREFIX.sub("", shown, count=1) if _PREFIX.match(shown) else shown
        shown = _LETTER.sub("", shown, count=1) if _LETTER.match(shown) else shown
    return one_line(shown, HEADLINE_LENGTH)


def _name(shown: str) -> str:
    """Return a display name; one that is an address is none, and "Last, First" is turned round."""
    if "@" in shown:
        return ""
    last, comma, first = shown.partition(", ")
    return f"{first} {last}" if comma and first and "," not in first else shown


def _over(parsed: ParsedMessage) -> tuple[Noticed, ...]:
    if not parsed.over:
        return ()
    why = "; ".join(_OVER[limit] for limit in parsed.over)
    text = f"Not all of this mail is shown here: {why}. The raw message has everything."
    return (Noticed(rule="mail_limits", severity=Severity.WARN, message=text, data={"over": list(parsed.over)}),)
