"""A person's mail as an arrival for the one door."""

from submissions.intake.email.answering import no_answer
from submissions.intake.email.headlines import headline_of
from submissions.intake.email.parse import ParsedMessage
from submissions.intake.receive import Arrival
from submissions.models import Channel, Kind, Noticed, RawMessage, Severity
from submissions.notifications.addresses import sole_address

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
