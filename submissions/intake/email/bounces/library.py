"""flufl.bounce, which knows some fifty forms of bounces of no standard, kept to what it can look through in no time."""

import logging
from collections.abc import Iterable
from email.message import Message

from flufl.bounce import all_failures

from submissions.intake.email.bounces.texts import before_the_returned, readable
from submissions.intake.email.parsing.leaves import leaf_of
from submissions.intake.email.parsing.tree import DEEPEST, children, content_type_of, guarded
from submissions.notifications.addresses import sole_address

MOST_CHARACTERS = 40_000
MOST_PARTS = 20
_HEADERS = ("from", "subject", "x-mailer", "x-failed-recipients")
# It logs each of its twenty looks at each message, and at length the faults of its own detectors, which it passes over.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def look_up(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses that a bounce names as failed for now, and as failed for good."""
    copy = _Copier().copy(message)
    for name in (name for name in _HEADERS if message.get(name)):
        copy[name] = str(message.get(name, ""))[:2000].encode("ascii", "replace").decode()
    temporary, permanent = guarded(lambda: all_failures(copy), (frozenset(), frozenset()))
    return plain_addresses(temporary), plain_addresses(permanent)


def plain_addresses(found: Iterable[bytes]) -> tuple[str, ...]:
    """Return those that a mail could go to, in lower case and in order."""
    texts = (one.decode("ascii", "replace").strip().strip("<>\"'") for one in found)
    return tuple(sorted({address.lower() for text in texts if (address := sole_address(text))}))


class _Copier:
    """Copies a message without what its text says nothing in: returned messages, files, reports, and the overlong."""

    def __init__(self) -> None:
        self.characters = MOST_CHARACTERS
        self.parts = MOST_PARTS

    def copy(self, part: Message, depth: int = 0) -> Message:
        """Return a copy of a part and of those below it, texts decoded."""
        made = Message()
        made["Content-Type"] = content_type_of(part)
        if part.get("content-description"):
            made["Content-Description"] = str(part["content-description"])[:100]
        below = children(part) if depth < DEEPEST else []
        for child in below[: self.parts]:
            self.parts -= 1
            made.attach(self.copy(child, depth + 1))
        if not below:
            made.set_payload(self._text(part))
        return made

    def _text(self, part: Message) -> str:
        leaf = leaf_of(part)
        if self.characters <= 0 or not (leaf.content_type.startswith("text/") or leaf.is_unparsed):
            return ""
        text = before_the_returned(readable(leaf))[: self.characters]
        self.characters -= len(text)
        return text.encode("ascii", "replace").decode() + "\n"
