"""The text of a message: plain text as it is, HTML where there is nothing else, alternatives chosen, not repeated."""

from email.message import Message

from submissions.cleaning import clean_text
from submissions.intake.email.html import html_to_text
from submissions.intake.email.tree import DEEPEST, Leaf, children, content_type_of, leaf_of, parameter, walk

MOST_CHARACTERS = 500_000


def body_of(message: Message) -> str:
    """Return the text of a message; if it has none of its own, that of a message forwarded within it."""
    own = _text(message)
    if own:
        return own
    inner = (part for part, depth in walk(message) if 0 < depth < DEEPEST and _is_message(part))
    return next((text for part in inner for child in _within(part) if (text := _text(child))), "")


def _text(part: Message, parent_type: str = "", *, first: bool = True, depth: int = 0) -> str:
    below = children(part) if depth < DEEPEST else []
    if not below:
        leaf = leaf_of(part, parent_type, first=first)
        return clean_text(_leaf_text(leaf))[:MOST_CHARACTERS] if leaf.is_body or leaf.is_unparsed else ""
    kind = content_type_of(part)
    texts = [_text(child, kind, first=not place, depth=depth + 1) for place, child in enumerate(below)]
    if kind == "multipart/alternative":
        return _best(below, texts)
    return "\n\n".join(text for text in texts if text)[:MOST_CHARACTERS]


def _best(below: list[Message], texts: list[str]) -> str:
    """Return the plain alternatives if they say anything, else the last (best) of the others (RFC 2046, 5.1.4)."""
    plain = [text for child, text in zip(below, texts, strict=True) if text and _is_plain(child)]
    return "\n\n".join(dict.fromkeys(plain)) or next((text for text in reversed(texts) if text), "")


def _is_plain(part: Message) -> bool:
    return all(content_type_of(below) != "text/html" for below, _ in walk(part))


def _is_message(part: Message) -> bool:
    return content_type_of(part) in ("message/rfc822", "message/global")


def _within(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _leaf_text(leaf: Leaf) -> str:
    text = leaf.text()
    if leaf.content_type == "text/html":
        return html_to_text(text)
    if parameter(leaf.part, "format").lower() == "flowed":
        return unflow(text, delsp=parameter(leaf.part, "delsp").lower() == "yes")
    return text


def unflow(text: str, *, delsp: bool) -> str:
    """Return flowed text (RFC 3676) with its soft line breaks undone; quoted lines and signatures stay as they are."""
    out: list[str] = []
    open_line = False
    for line in text.replace("\r\n", "\n").split("\n"):
        plain = line.removeprefix(" ") if not line.startswith(">") else line
        soft = plain.endswith(" ") and plain != "-- " and not plain.startswith(">")
        shown = plain[:-1] if soft and delsp else plain
        if open_line and not plain.startswith(">") and plain != "-- ":
            out[-1] += shown
        else:
            out.append(shown)
        open_line = soft
    return "\n".join(out)
