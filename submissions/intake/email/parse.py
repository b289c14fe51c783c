"""A message as it is understood: bytes in, one frozen value out. It never raises, whatever the bytes are."""

from dataclasses import dataclass, field
from email.message import Message

from submissions.intake.email.attachments import files_of, nested_deeper
from submissions.intake.email.body import MOST_CHARACTERS, body_of
from submissions.intake.email.headers import Headers
from submissions.intake.email.tree import content_type_of, guarded, open_message
from submissions.intake.receive import File

NO_FILES: tuple[tuple[File, ...], str] = ((), "structure")


@dataclass(frozen=True, kw_only=True)
class ParsedMessage:
    """What a message says. Every text is clean: no control character, no half of a pair, nothing turns the writing.

    `over` names the limits that it went over (parts, depth, structure, text); what lay beyond them is in the raw
    message alone.
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
    tree: Message = field(repr=False, compare=False)


def parse(raw: bytes) -> ParsedMessage:
    """Understand a message as far as it can be understood."""
    tree, over = open_message(raw)
    headers = Headers.of(tree)
    name, address = headers.mailbox("from")
    body = "" if over else guarded(lambda: body_of(tree), "")
    files, too_many = ((), "") if over else guarded(lambda: files_of(tree), NO_FILES)
    return ParsedMessage(
        subject=headers.text("subject"),
        name=name,
        address=address,
        message_id=next(iter(headers.ids("message-id")), ""),
        refers_to=headers.ids("references", "in-reply-to"),
        body=body,
        files=files,
        over=_limits(tree, body, over, too_many),
        headers=headers,
        content_type=content_type_of(tree),
        tree=tree,
    )


def _limits(tree: Message, body: str, *over: str) -> tuple[str, ...]:
    found = [limit for limit in over if limit]
    if nested_deeper(tree):
        found.append("depth")
    if len(body) >= MOST_CHARACTERS:
        found.append("text")
    return tuple(dict.fromkeys(found))
