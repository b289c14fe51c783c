"""Fields whose line breaks were lost, as Yahoo sends them: `From: Ann <a@x.org>To: Bo <b@x.org>Subject: The bridge`."""

import re

from submissions.cleaning import one_line
from submissions.intake.email.forwards.blocks import Block, label_of
from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.labels import LONGEST, ROLES

LENGTH = 8000
MOST_COLONS = 300
_COLON = re.compile(r"\s?[:\uff1a]")


def flat_block(text: str, *, depth: int, end: int) -> Block | None:
    """Return the fields of a line that begins with the sender, None if it does not; `end` is the line after it."""
    line = text[:LENGTH]
    first = label_of(line)
    if not first or first[0] != "from":
        return None
    block = Block(depth=depth, end=end)
    place, role, label = 0, "", ""
    for colon in list(_COLON.finditer(line))[:MOST_COLONS]:
        found = _label_before(line, place, colon.start(), block, role)
        if not found:
            continue
        if role:
            block.take(role, label, one_line(line[place : colon.start() - len(found)]))
        place, role, label = colon.end(), ROLES[caseless(found)], caseless(found)
    block.take(role, label, one_line(line[place:]))
    return block


def _label_before(line: str, start: int, end: int, block: Block, now: str) -> str:
    """Return the label of a field not yet seen that ends at a colon, the longest if several do, "" if none does.

    It begins a word, or with a capital: the word before may have been run into it.
    """
    for begin in range(max(start, end - LONGEST - 5), end):
        begins_word = begin == 0 or not line[begin - 1].isalpha() or not line[begin].islower()
        role = ROLES.get(caseless(line[begin:end])) if begins_word and line[begin].isalpha() else None
        if role and role != "other" and role != now and role not in block.fields:
            return line[begin:end]
    return ""
