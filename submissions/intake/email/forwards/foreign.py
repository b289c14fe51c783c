"""Fields above a forwarded letter in a language that we have no words of, or without colons: known by their shape."""

import re
from collections.abc import Sequence

from submissions.intake.email.forwards.blocks import Block, label_of
from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.labels import ROLES
from submissions.intake.email.forwards.lines import Line
from submissions.intake.email.forwards.people import addresses

MOST_FIELDS = 8
FEWEST_FIELDS = 3
LONGEST_WORD = 20
_FIELD = re.compile(r"[\s*]{0,4}([^:\uff1a<>@]{1,40})[:\uff1a]\s{0,9}(\S.{0,500})")


def foreign_block_at(lines: Sequence[Line], start: int) -> Block | None:
    """Return fields of at least three lines, where the first mailbox of an unknown label is taken for the sender's."""
    block = Block(depth=lines[start].depth if start < len(lines) else 0, end=start)
    for line in lines[start : start + MOST_FIELDS]:
        shape = _FIELD.fullmatch(line.text) if line.depth == block.depth else None
        if not shape:
            break
        known = label_of(line.text)
        if known:
            block.take(*known)
        elif addresses(shape[2]):
            block.take("from" if "from" not in block.fields else "to", "", shape[2])
        block.end += 1
    return block if block.end - start >= FEWEST_FIELDS and block.fields.get("from") else None


def bare_block_at(lines: Sequence[Line], start: int) -> Block | None:
    """Return the fields of a whole block that begins with the sender, labels without colons, as eM Client writes it."""
    block = Block(depth=lines[start].depth, end=start)
    for line in lines[start : start + MOST_FIELDS]:
        label, _, value = line.text.strip().partition(" ")
        role = ROLES.get(caseless(label)) if len(label) <= LONGEST_WORD and line.depth == block.depth else None
        if not role or role in block.fields or (not block.fields and role != "from"):
            break
        block.take(role, caseless(label), value.strip())
        block.end += 1
    return block if block.whole and addresses(block.fields["from"]) else None
