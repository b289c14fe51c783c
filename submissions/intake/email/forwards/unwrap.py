"""Who really wrote: the innermost letter of a mail that somebody, or several one after another, passed on."""

from dataclasses import dataclass, replace
from datetime import datetime

from submissions.cleaning import one_line
from submissions.intake.email.forwards.attached import passed_attached
from submissions.intake.email.forwards.inline import passed_inline
from submissions.intake.email.forwards.letter import Letter, Passed
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.receive import File

DEEPEST = 8
NAME_LENGTH = 200
LONG_COVERING = 1000
"""Characters of covering words; who writes more than that may be the author, and encloses the other's letter."""


@dataclass(frozen=True, kw_only=True)
class Unwrapped:
    """A letter that somebody passed on: who wrote it as far as the mail shows, and what was written above it.

    `name`, `subject` and `covering` are "" where nothing is shown, `address` is one clean address or "". `date` is
    aware where the mail gives an offset from UTC, else naive, the wall clock of an unknown place; None if it is not
    understood. `body` holds the author's words alone, `covering` those of everybody who passed it on, the last first.
    `how` is "rfc822" (a message attached) or "inline" of the innermost step, `depth` counts the steps. `confidence` is
    "high" or "low". `files` are those of an attached message.
    """

    name: str
    address: str
    date: datetime | None
    subject: str
    body: str
    covering: str
    how: str
    depth: int
    confidence: str
    files: tuple[File, ...] = ()


def unwrap(message: ParsedMessage) -> Unwrapped | None:
    """Return the letter that a mail passes on, None if it is its sender's own. Never raises.

    Mail that a server redirected keeps its From and is the sender's own. Confidence is high only where every step is
    marked without doubt, the author's address is clean, there are words, and the covering words are few.
    """
    steps: list[Passed] = []
    letter = _outermost(message)
    while len(steps) < DEEPEST and (step := _step(letter)):
        steps.append(step)
        letter = step.letter
    return _result(steps) if steps else None


def _outermost(message: ParsedMessage) -> Letter:
    return Letter(
        name=message.name,
        address=message.address,
        date=None,
        subject=message.subject,
        body=message.body,
        recipients=message.headers.recipients(),
        depth=0,
        tree=message.tree,
    )


def _step(letter: Letter) -> Passed | None:
    """Return the letter within a letter: an attached one first, and that without doubt only if no other is inline."""
    attached = passed_attached(letter)
    if attached is None:
        return passed_inline(letter)
    if attached.covering and passed_inline(letter):
        return replace(attached, sure=False)
    return attached


def _result(steps: list[Passed]) -> Unwrapped:
    author = steps[-1].letter
    covering = "\n\n".join(step.covering for step in steps if step.covering)
    sure = all(step.sure for step in steps) and bool(author.address and author.body.strip())
    return Unwrapped(
        name=one_line(author.name, NAME_LENGTH),
        address=author.address,
        date=author.date,
        subject=author.subject,
        body=author.body,
        covering=covering,
        how=steps[-1].how,
        depth=author.depth,
        confidence="high" if sure and len(covering) <= LONG_COVERING else "low",
        files=next((step.letter.files for step in reversed(steps) if step.how == "rfc822"), ()),
    )
