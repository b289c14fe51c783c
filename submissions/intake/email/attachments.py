"""The files of a message: every part that is not its text, named and typed so that they are safe to offer."""

from collections.abc import Iterator
from email.message import Message

from submissions.intake.email.names import safe_name
from submissions.intake.email.tree import (
    DEEPEST,
    MOST_PARTS,
    TOKEN,
    Leaf,
    children,
    content_of,
    content_type_of,
    guarded,
    leaf_of,
)
from submissions.intake.filetypes import PLAIN, UNKNOWN, media_type
from submissions.intake.receive import File

_DECLARED = ("message/", "multipart/", "text/calendar", "application/pgp", "application/pkcs7", "application/x-pkcs7")
"""Types that no bytes give away: there the declaration counts."""
TNEF = b"\x78\x9f\x3e\x22"


def leaves(part: Message, parent_type: str = "", *, first: bool = True, depth: int = 0) -> Iterator[Leaf]:
    """Yield the leaves of a message in their order; what nests deeper than DEEPEST is one leaf."""
    below = children(part) if depth < DEEPEST else []
    if not below:
        yield leaf_of(part, parent_type, first=first)
        return
    kind = content_type_of(part)
    for place, child in enumerate(below):
        yield from leaves(child, kind, first=not place, depth=depth + 1)


def files_of(message: Message) -> tuple[tuple[File, ...], str]:
    """Return the files of a message, and the limit that it went over, if any: the first MOST_PARTS are kept."""
    files: list[File] = []
    for count, leaf in enumerate(leaves(message)):
        if count == MOST_PARTS:
            return tuple(files), "parts"
        if leaf.is_body or leaf.is_unparsed:
            continue
        file = _file(leaf, len(files) + 1)
        if file.content:
            files.append(file)
    return tuple(files), ""


def _file(leaf: Leaf, number: int) -> File:
    content = content_of(leaf.part)
    found = _type_of(content, leaf.content_type)
    name = leaf.name or ("forwarded message.eml" if leaf.content_type == "message/rfc822" else "")
    return File(name=safe_name(name, found, number), content=content, media_type=found)


def _type_of(content: bytes, declared: str) -> str:
    if content.startswith(TNEF):
        return "application/ms-tnef"
    found = guarded(lambda: media_type(content), UNKNOWN)
    if found in (UNKNOWN, PLAIN) and declared.startswith(_DECLARED):
        return declared
    return found if TOKEN.fullmatch(found) else UNKNOWN


def nested_deeper(message: Message) -> bool:
    """Whether parts nest deeper than DEEPEST."""
    level = [message]
    for _ in range(DEEPEST):
        level = [child for part in level for child in children(part)]
    return bool(level)
