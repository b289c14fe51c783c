"""The fields that mail programs write above a letter that they pass on: From, Sent, To, Subject, in any language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.labels import ENGLISH, LONGEST, ROLES
from submissions.intake.email.forwards.lines import Line

MOST_LINES = 80
FOLDED = 2
MANY_FOLDED = 30
"""So many lines may a field go on before the next one; a list of recipients the latter."""
VALUE = 2000
_COLON = re.compile("[:\uff1a]")
_LISTS = ("to", "copy")


@dataclass
class Block:
    """The fields of a letter by what they mean, and the line after the last of them.

    `spaced` says that empty lines part them, `below` that their values stand on the lines under the labels.
    """

    depth: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    spaced: bool = False
    below: bool = False
    last: str = ""

    @property
    def whole(self) -> bool:
        """Whether it has a sender and two more of date, recipient and subject: no letter has that by chance."""
        return bool(self.fields.get("from")) and len({"date", "to", "subject"} & self.fields.keys()) >= 2

    @property
    def english(self) -> bool:
        """Whether its labels are English."""
        return all(label in ENGLISH for label in self.labels.values())

    def take(self, role: str, label: str, value: str) -> None:
        """Keep a field; of two with one meaning (Date and Sent) the first counts."""
        if role not in self.fields:
            self.fields[role], self.labels[role] = value[:VALUE], label
            self.last = role
            self.below = self.below or (role == "from" and not value)

    def add(self, text: str) -> None:
        """Put a further line to the last field."""
        self.fields[self.last] = f"{self.fields[self.last]} {text.strip()}".strip()[:VALUE]


def label_of(text: str) -> tuple[str, str, str] | None:
    """Return (role, folded label, value) if a line begins with the label of a field."""
    colon = _COLON.search(text[: LONGEST * 2])
    if not colon:
        return None
    head = text[: colon.start()].strip(" \t\xa0*_")
    label = caseless(head) if len(head) <= LONGEST * 2 else ""
    role = ROLES.get(label)
    return (role, label, _value(text, colon)) if role else None


def _value(text: str, colon: re.Match[str]) -> str:
    """Return what stands behind the colon, without the marks of bold type (*From:* or *From: somebody*)."""
    value = text[colon.end() :][:VALUE].strip()
    if "*" not in text[: colon.start()]:
        return value
    return value.removeprefix("**").removeprefix("*").strip() if value.startswith("*") else value.rstrip("*").strip()


def block_at(lines: Sequence[Line], start: int) -> Block | None:
    """Return the fields that begin at a line, None if none do."""
    first = label_of(lines[start].text) if start < len(lines) else None
    if not first or first[0] == "other":
        return None
    block = Block(depth=lines[start].depth, end=start)
    stop = min(len(lines), start + MOST_LINES)
    while block.end < stop:
        following = _next_field(lines, block, stop)
        if following is None:
            break
        for at in range(block.end, following):
            block.add(lines[at].text)
        block.take(*(label_of(lines[following].text) or ("other", "", "")))
        block.end = following + 1
    _finish(lines, block, stop)
    return block


def _next_field(lines: Sequence[Line], block: Block, stop: int) -> int | None:
    """Return where the next field stands: here, after an empty line if all are so spaced, or after a folded one."""
    folded = MANY_FOLDED if block.last in _LISTS or block.below else FOLDED
    for at in range(block.end, min(stop, block.end + folded + 1)):
        line = lines[at]
        if line.depth != block.depth:
            return None
        if line.blank:
            return _after_blank(lines, block, at)
        found = label_of(line.text)
        if found and _is_new(block, *found[:2]) and (at == block.end or found[0] != "other"):
            return at
        if found or not block.last:
            return None
    return None


def _after_blank(lines: Sequence[Line], block: Block, at: int) -> int | None:
    """Return the line after an empty one if a field stands there, and the fields are set apart by empty lines."""
    if at != block.end or not (block.spaced or len(block.fields) == 1) or at + 1 >= len(lines):
        return None
    found = label_of(lines[at + 1].text) if lines[at + 1].depth == block.depth else None
    if not found or not _is_new(block, *found[:2]):
        return None
    block.spaced = True
    return at + 1


def _is_new(block: Block, role: str, label: str) -> bool:
    return role == "other" or role not in block.fields or (block.labels[role] != label and role == "date")


def _finish(lines: Sequence[Line], block: Block, stop: int) -> None:
    """Take what the last field goes on with: more recipients, or the value under an empty label."""
    while block.end < stop and not lines[block.end].blank and lines[block.end].depth == block.depth:
        value = block.fields.get(block.last, "")
        goes_on = block.last in _LISTS and value.endswith((",", ";"))
        if not goes_on and (value or not block.below):
            return
        block.add(lines[block.end].text)
        block.end += 1
