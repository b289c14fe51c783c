"""All that the bytes of one message tell, before anything of it is stored: no database row is read or written here."""

from dataclasses import dataclass

from django.conf import settings

from submissions.intake.email.identity import Marks, marks_of
from submissions.intake.email.kinds.classify import Verdict, classify
from submissions.intake.email.kinds.signs import envelope_sender
from submissions.intake.email.letters import Letter, letter_of
from submissions.intake.email.loops import loop_of
from submissions.intake.email.parsing.parse import ParsedMessage, parse
from submissions.intake.email.trust import Trust, trust_of
from submissions.models import Outcome, RawMessage


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A message, understood. `verdict` is None for a person's mail, which then is a `letter` or a reply."""

    parsed: ParsedMessage
    sender: str | None
    marks: Marks
    trust: Trust
    verdict: Verdict | None
    letter: Letter | None


def understand(message: RawMessage, raw: bytes) -> Understood:
    """Return what a message tells. Raises what its readers raise; their own guards leave little."""
    parsed = parse(raw)
    mailbox = message.envelope_to or ""
    sender = envelope_sender(parsed, message.envelope_from)
    trust = trust_of(
        parsed,
        raw,
        sender=sender,
        authserv_id=settings.AUTHSERV_ID,
        sealers=settings.ARC_SEALERS,
        hops=settings.AUTHSERV_HOPS,
    )
    marks = marks_of(mailbox, parsed, raw)
    verdict = _verdict(parsed, sender, mailbox)
    return Understood(
        parsed=parsed,
        sender=sender,
        marks=marks,
        trust=trust,
        verdict=verdict,
        letter=None if verdict else letter_of(message, parsed, sender, trust, marks.identity),
    )


def _verdict(parsed: ParsedMessage, sender: str | None, mailbox: str) -> Verdict | None:
    loop = loop_of(parsed, mailbox)
    return Verdict(Outcome.LOOP, loop) if loop else classify(parsed, sender)
