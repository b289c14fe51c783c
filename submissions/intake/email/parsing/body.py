"""The text of a message: plain text as it is, HTML where there is nothing else, alternatives chosen, not repeated."""

from email.message import Message

from submissions.cleaning import clean_text
from submissions.intake.email.parsing.flowed import unflow
from submissions.intake.email.parsing.html import html_to_text
from submissions.intake.email.parsing.leaves import Branch, Leaf, leaves, outline
from submissions.intake.email.parsing.tree import DEEPEST, content_type_of, payload_of, walk

MOST_CHARACTERS = 500_000


def text_of(whole: Branch | Leaf) -> str:
    """Return the text of a message by its outline, "" if it has none of its own."""
    if isinstance(whole, Leaf):
        return clean_text(_leaf_text(whole))[:MOST_CHARACTERS] if whole.is_body or whole.is_unparsed else ""
    if whole.content_type == "multipart/alternative":
        return _best(whole.below)
    texts = [text for below in whole.below if (text := text_of(below))]
    return "\n\n".join(texts)[:MOST_CHARACTERS]


def forwarded_text(message: Message) -> str:
    """Return the text of the first message within a message that has any."""
    inner = (part for part, depth in walk(message) if 0 < depth < DEEPEST and _is_message(part))
    return next((text for part in inner for child in _within(part) if (text := text_of(outline(child)))), "")


def html_of_parts(whole: Branch | Leaf) -> str:
    """Return the HTML that a message shows, as its sender's program wrote it; "" if it shows none."""
    pages = [leaf.text() for leaf in leaves(whole) if leaf.is_body and leaf.content_type == "text/html"]
    return "\n<hr>\n".join(pages)


def _best(below: tuple[Branch | Leaf, ...]) -> str:
    """Return the plain alternatives if they say anything, else the last (best) of the others (RFC 2046, 5.1.4)."""
    plain = [text_of(found) for found in below if _is_plain(found)]
    said = "\n\n".join(dict.fromkeys(filter(None, plain)))
    return said or next((text for found in reversed(below) if not _is_plain(found) and (text := text_of(found))), "")


def _is_plain(found: Branch | Leaf) -> bool:
    return all(leaf.content_type != "text/html" for leaf in leaves(found))


def _is_message(part: Message) -> bool:
    return content_type_of(part) in ("message/rfc822", "message/global")


def _within(part: Message) -> list[Message]:
    payload = payload_of(part)
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _leaf_text(leaf: Leaf) -> str:
    text = leaf.text()
    if leaf.content_type == "text/html":
        return html_to_text(text)
    if leaf.parameters.get("format", "").lower() == "flowed":
        return unflow(text, delsp=leaf.parameters.get("delsp", "").lower() == "yes")
    return text
