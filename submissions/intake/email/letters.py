"""A person's mail as a letter: who wrote it, what it says, what stands beside it, and what an editor should know."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from submissions.cleaning import one_line
from submissions.intake.documents.asking import unreadable
from submissions.intake.documents.letter import letter_in
from submissions.intake.email import noticed
from submissions.intake.email.answering import no_answer
from submissions.intake.email.folding import Fold, fold
from submissions.intake.email.forwards import Unwrapped, unwrap
from submissions.intake.email.headlines import headline_of
from submissions.intake.email.importing import imported
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.rewrap import rewrap
from submissions.intake.email.signature import Suggestion, suggestions
from submissions.intake.email.trust import Trust, spam_verdict
from submissions.intake.receive import Arrival, File
from submissions.models import Channel, Door, Kind, Noticed, RawMessage
from submissions.notifications.addresses import sole_address

NAME_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail hands over, and what is kept beside it. `unwrapped` is set where somebody passed the letter on."""

    arrival: Arrival
    folds: tuple[Fold, ...] = ()
    covering: str = ""
    """The mail's own words, where the letter itself came in a file."""
    suggestions: tuple[Suggestion, ...] = ()
    unwrapped: Unwrapped | None = None
    forwarder: tuple[str, str] = ("", "")
    """Name and address of whoever passed it on."""
    answerable: bool = False
    """Whether RFC 3834 lets a machine answer whoever sent the mail."""


@dataclass(frozen=True, kw_only=True)
class _Said:
    """Who is taken to speak in a mail, and their words, before anything is folded."""

    name: str
    address: str
    subject: str
    body: str
    files: tuple[File, ...]
    written_at: datetime | None = None
    """Set where that is when it came to the house: an imported letter has lain there since."""


def letter_of(message: RawMessage, parsed: ParsedMessage, sender: str | None, trust: Trust, identity: str) -> Letter:
    """Return what a mail hands over. Its writer is whom From names, else the envelope; of a plain forward, the author.

    A forward of one's own sent letter is no forward: the same address signs, and is answered.
    """
    whole = _whole(message, parsed, sender)
    quiet = no_answer(parsed, sender, whole.address, trust)
    found = unwrap(parsed)
    plain = found is not None and found.confidence == "high"
    said = _by_author(whole, found) if found and plain else whole
    own = found is None or (plain and said.address.casefold() == whole.address.casefold())
    silence = quiet if own else noticed.passed_on(plain=plain)
    letter = _letter(message, said, identity, (*_about_mail(message, parsed), *silence))
    if own:
        return letter
    return replace(
        letter,
        unwrapped=found,
        forwarder=(whole.name, whole.address),
        answerable=not quiet and message.door != Door.IMPORT,
    )


def _letter(message: RawMessage, said: _Said, identity: str, findings: tuple[Noticed, ...]) -> Letter:
    in_file = letter_in(said.files, said.body)
    text = in_file.document.text if in_file else said.body
    folded = fold(text)
    findings += (*noticed.in_file(in_file), *noticed.not_readable("" if in_file else unreadable(said.files, said.body)))
    arrival = Arrival(
        identity=identity,
        kind=Kind(message.kind),
        channel=Channel.EMAIL,
        name=said.name,
        email=said.address,
        headline=headline_of(said.subject),
        body=rewrap(folded.text),
        files=said.files,
        findings=findings,
        received_at=said.written_at or message.received_at,
    )
    return Letter(
        arrival=arrival,
        folds=folded.folds,
        covering=said.body if in_file else "",
        suggestions=suggestions(folded, name=said.name),
    )


def _whole(message: RawMessage, parsed: ParsedMessage, sender: str | None) -> _Said:
    """Return a mail as whoever sent it said it."""
    address = parsed.address or sole_address(sender) or ""
    imports = message.door == Door.IMPORT and parsed.date is not None and parsed.date < message.received_at
    return _Said(
        name=_name(parsed.name),
        address=address,
        subject=parsed.subject,
        body=parsed.body,
        files=parsed.files,
        written_at=parsed.date if imports else None,
    )


def _by_author(whole: _Said, found: Unwrapped) -> _Said:
    """Return a forwarded letter as its author said it."""
    return replace(
        whole,
        name=_name(found.name),
        address=found.address,
        subject=found.subject or whole.subject,
        body=found.body,
        files=(*whole.files, *found.files),
    )


def _name(shown: str) -> str:
    """Return a display name; one that is an address is none, and "Last, First" is turned round."""
    if "@" in shown:
        return ""
    last, comma, first = shown.partition(", ")
    return one_line(f"{first} {last}" if comma and first and "," not in first else shown, NAME_LENGTH)


def _about_mail(message: RawMessage, parsed: ParsedMessage) -> tuple[Noticed, ...]:
    return (
        *noticed.over(parsed),
        *noticed.junk(message),
        *noticed.spam(spam_verdict(parsed, authserv_id=settings.AUTHSERV_ID, hops=settings.AUTHSERV_HOPS)),
        *imported(message),
    )
