"""A letter that hangs as a message on the mail that passed it on (RFC 2046, 5.2.1; RFC 6532, 3.7)."""

from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from submissions.intake.email.attachments import Files
from submissions.intake.email.forwards.letter import Letter, Passed
from submissions.intake.email.forwards.subjects import Prefix, prefix_of
from submissions.intake.email.headers import Headers
from submissions.intake.email.leaves import Leaf, leaves, outline
from submissions.intake.email.parse import contents_of
from submissions.intake.email.tree import content_of, content_type_of, guarded, open_message, walk

MOST_MESSAGES = 20


def letter_of(message: Message, *, depth: int) -> Letter:
    """Read a message as a letter."""
    headers = Headers.of(message)
    name, address = headers.mailbox("from")
    body, files = guarded(lambda: contents_of(message), ("", Files()))
    written_to = (shown for field in ("to", "cc") for _, shown in headers.mailboxes(field))
    return Letter(
        name="" if "@" in name else name,
        address=address,
        date=date_of(headers),
        subject=headers.text("subject"),
        body=body,
        recipients=frozenset(shown.lower() for shown in written_to if shown),
        depth=depth,
        tree=message,
        files=tuple(files.kept),
    )


def date_of(headers: Headers) -> datetime | None:
    """Return what the Date field says, None if that is no date (RFC 5322, 3.6.1); naive where it gives no zone."""
    value = headers.first("date")[:200]
    return guarded(lambda: parsedate_to_datetime(value), None) if value else None


def passed_attached(letter: Letter) -> Passed | None:
    """Return the letter in the first message that hangs on a letter, None if there is none with words or files.

    It is sure only if all that hangs there is one and the same message, and the letter is no digest and no answer.
    """
    if letter.tree is None or _is_report(letter.tree):
        return None
    found = [inner for inner in _messages(letter) if inner.address or inner.name]
    found = [inner for inner in found if inner.body or inner.files]
    if not found:
        return None
    different = {(inner.address, inner.subject, inner.body) for inner in found}
    sure = len(different) == 1 and not _is_digest(letter.tree) and prefix_of(letter.subject) != Prefix.REPLY
    # Of a mail without words of its own the body is that of the message within: see body_of.
    covering = "" if letter.body == found[0].body else letter.body
    return Passed(letter=found[0], covering=covering, how="rfc822", sure=sure)


def _messages(letter: Letter) -> Iterator[Letter]:
    count = 0
    for leaf in leaves(outline(letter.tree)) if letter.tree is not None else ():
        inner = _within(leaf)
        if inner is not None:
            count += 1
            yield letter_of(inner, depth=letter.depth + 1)
        if count == MOST_MESSAGES:
            return


def _within(leaf: Leaf) -> Message | None:
    """Return the message that a part holds, None if it holds none; some programs attach one as a mere .eml file."""
    declared = leaf.content_type in ("message/rfc822", "message/global")
    if not declared and not leaf.name.lower().endswith(".eml"):
        return None
    payload = leaf.part.get_payload()
    inner = payload[0] if declared and isinstance(payload, list) and payload else None
    if isinstance(inner, Message) and "from" in inner:
        return inner
    # Base64 is forbidden for a message (RFC 2046, 5.2.1), and used.
    content = leaf.content() if inner is None else content_of(inner)
    found = open_message(content)[0] if content else None
    return found if found is not None and "from" in found else None


def _is_report(tree: Message) -> bool:
    return content_type_of(tree) == "multipart/report"


def _is_digest(tree: Message) -> bool:
    return any(content_type_of(part) == "multipart/digest" for part, _ in walk(tree))
