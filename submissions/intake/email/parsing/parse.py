"""A message as it is understood: bytes in, one frozen value out. Nothing but MemoryError is raised."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message

from submissions.intake.arrival import File
from submissions.intake.email.parsing.attachments import Files, files_of, nested_deeper
from submissions.intake.email.parsing.body import MOST_CHARACTERS, forwarded_text, text_of
from submissions.intake.email.parsing.headers import Headers
from submissions.intake.email.parsing.leaves import outline
from submissions.intake.email.parsing.tree import content_type_of, guarded, open_message

UNREADABLE = Files(over=["structure"])


@dataclass(frozen=True, kw_only=True)
class ParsedMessage:
    """What a message says. Every text is clean: no control character, no half of a pair, nothing turns the writing.

    `over` names the limits that it went over (parts, depth, structure, size, text); what lay beyond them is in the raw
    message alone. `date` is what its sender's clock said, with a time zone. Of the `tree` of a large message only
    tree.content_of() gives whole contents. Whoever keeps a ParsedMessage for long should not keep the tree.
    """

    subject: str
    name: str
    address: str
    message_id: str
    refers_to: tuple[str, ...]
    body: str
    files: tuple[File, ...]
    over: tuple[str, ...]
    headers: Headers
    content_type: str
    date: datetime | None = None
    tree: Message = field(repr=False, compare=False)


def parse(raw: bytes) -> ParsedMessage:
    """Understand a message as far as it can be understood. Raises MemoryError where there is no room for it."""
    tree, over = open_message(raw)
    headers = Headers.of(tree)
    name, address = headers.mailbox("from")
    body, files = ("", Files(over=[over])) if over else guarded(lambda: contents_of(tree), ("", UNREADABLE))
    return ParsedMessage(
        subject=headers.text("subject"),
        name=name,
        address=address,
        message_id=next(iter(headers.ids("message-id")), ""),
        refers_to=headers.ids("references", "in-reply-to"),
        body=body,
        files=tuple(files.kept),
        over=_limits(tree, body, files.over),
        headers=headers,
        content_type=content_type_of(tree),
        date=_in_utc(headers.date()),
        tree=tree,
    )


def contents_of(tree: Message) -> tuple[str, Files]:
    """Return the text of a message and its files."""
    whole = outline(tree)
    files = files_of(whole)
    return text_of(whole) or files.text[:MOST_CHARACTERS] or forwarded_text(tree), files


def _in_utc(found: datetime | None) -> datetime | None:
    """Return a moment in UTC, None where that is out of range; of no zone, it is UTC."""
    if found is None:
        return None
    return guarded(lambda: (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC), None)


def _limits(tree: Message, body: str, over: list[str]) -> tuple[str, ...]:
    found = list(over)
    if nested_deeper(tree):
        found.append("depth")
    if len(body) >= MOST_CHARACTERS:
        found.append("text")
    return tuple(dict.fromkeys(found))
