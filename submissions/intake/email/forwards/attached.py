"""A letter that hangs as a message on the mail that passed it on (RFC 2046, 5.2.1; RFC 6532, 3.7)."""

from base64 import b64decode
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from submissions.intake.email.forwards.letter import Letter, Passed
from submissions.intake.email.forwards.subjects import Prefix, prefix_of
from submissions.intake.email.parsing.attachments import Files
from submissions.intake.email.parsing.headers import Headers
from submissions.intake.email.parsing.leaves import Leaf, leaves, outline
from submissions.intake.email.parsing.parse import contents_of
from submissions.intake.email.parsing.tree import content_of, content_type_of, guarded, open_message, payload_of

MOST_MESSAGES = 20
ROBOTS = ("mailer-daemon", "postmaster")


def letter_of(message: Message, *, depth: int) -> Letter:
    """Read a message as a letter."""
    headers = Headers.of(message)
    name, address = headers.mailbox("from")
    body, files = guarded(lambda: contents_of(message), ("", Files()))
    return Letter(
        name="" if "@" in name else name,
        address=address,
        date=headers.date(),
        subject=headers.text("subject"),
        body=body,
        recipients=headers.recipients(),
        depth=depth,
        tree=message,
        files=tuple(files.kept),
    )


def passed_attached(letter: Letter) -> Passed | None:
    """Return the letter in the first message that hangs on a letter, None if there is none with words or files.

    It is sure only if all that hangs there is one and the same message, and the letter is no digest and no answer.
    """
    if letter.tree is None or _is_report(letter, letter.tree):
        return None
    attached = list(_messages(letter, letter.tree))
    found = [inner for inner, _ in attached if (inner.address or inner.name) and (inner.body or inner.files)]
    if not found:
        return None
    one = len({(inner.address, inner.subject, inner.body) for inner in found}) == 1
    sure = (
        one and prefix_of(letter.subject) != Prefix.REPLY and "multipart/digest" not in {kind for _, kind in attached}
    )
    # Of a mail without words of its own the body is that of the message within: see parse.contents_of.
    covering = "" if letter.body == found[0].body else letter.body
    return Passed(letter=found[0], covering=covering, how="rfc822", sure=sure)


def _messages(letter: Letter, tree: Message) -> Iterator[tuple[Letter, str]]:
    """Yield the messages that hang on a letter, each with the type of what holds it."""
    held = ((inner, leaf.parent_type) for leaf in leaves(outline(tree)) if (inner := _within(leaf)) is not None)
    for inner, kind in islice(held, MOST_MESSAGES):
        yield letter_of(inner, depth=letter.depth + 1), kind


def _within(leaf: Leaf) -> Message | None:
    """Return the message that a part holds, None if it holds none; some programs attach one as a mere .eml file."""
    declared = leaf.content_type in ("message/rfc822", "message/global")
    if not declared and not leaf.name.lower().endswith(".eml"):
        return None
    payload = payload_of(leaf.part)
    inner = payload[0] if declared and isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return _with_sender(leaf.content)
    # Base64 is forbidden for a message (RFC 2046, 5.2.1), and used.
    return inner if "from" in inner else _with_sender(guarded(lambda: b64decode(content_of(inner)), b""))


def _with_sender(content: bytes) -> Message | None:
    found = open_message(content)[0]
    return found if "from" in found else None


def _is_report(letter: Letter, tree: Message) -> bool:
    """Whether a machine sent it, about a message that it encloses (RFC 3464, RFC 5965; RFC 3834, 5)."""
    robot = letter.address.partition("@")[0].lower() in ROBOTS
    automatic = Headers.of(tree).token("auto-submitted") not in ("", "no")
    return robot or automatic or content_type_of(tree) == "multipart/report"
