"""Which mail of ours came back: the Message-IDs that a bounce carries."""

import re
from email.message import Message
from itertools import islice

from submissions.cleaning import one_line
from submissions.intake.email.bounces.texts import before_the_returned, own_parts, text_leaves, text_of
from submissions.intake.email.parsing.headers import Headers
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.parsing.tree import content_type_of, walk

MOST_IDS = 20
MOST_PARTS = 100
MOST_CHARACTERS = 200_000
_MESSAGES = {
    *("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"),
}
_FIELD = re.compile(
    r"^[ \t>|]{0,20}(?:x-)?(?:original-)?message-id[ \t]{0,3}:\s{0,20}<([^<>\s]{1,500})>", re.IGNORECASE | re.MULTILINE
)


def returned_ids(message: ParsedMessage) -> tuple[str, ...]:
    """Return the Message-IDs without angle brackets: the returned message's own first, then those that it answered."""
    own: list[str] = []
    others: list[str] = list(message.refers_to)
    for part in _below(message.tree):
        headers = Headers.of(part)
        own += headers.ids("message-id", "x-original-message-id", "original-message-id")
        others += headers.ids("references", "in-reply-to")
    for leaf in text_leaves(message.tree):
        own += [one_line(found, 500) for found in _FIELD.findall(leaf.text()[:MOST_CHARACTERS])[:MOST_IDS]]
    return tuple(dict.fromkeys([*own, *others]))[:MOST_IDS]


def has_returned(message: ParsedMessage) -> bool:
    """Whether a message holds another one, or its header, as a part or below a line that says so."""
    kinds = {content_type_of(part) for part in islice(own_parts(message.tree), MOST_PARTS)}
    text = text_of(message.tree)
    return bool(kinds & _MESSAGES) or before_the_returned(text) != text


def _below(tree: Message) -> list[Message]:
    """Return the parts below the top, the groups of a report and the returned message among them."""
    return list(islice((part for part, depth in walk(tree) if depth), MOST_PARTS))
