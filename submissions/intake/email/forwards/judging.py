"""Whether fields in a text stand above a letter that was passed on, or above one that was answered."""

from enum import Enum

from submissions.intake.email.forwards.blocks import Block
from submissions.intake.email.forwards.labels import FINNISH
from submissions.intake.email.forwards.letter import Letter
from submissions.intake.email.forwards.people import addresses, mailbox, on_behalf
from submissions.intake.email.forwards.separators import Says
from submissions.intake.email.forwards.subjects import Prefix, prefix_of


class Verdict(Enum):
    """What fields in a text are."""

    SURE = "passed on"
    LIKELY = "passed on as it seems"
    HISTORY = "answered"
    NOTHING = "the writer's own words"


def judge(letter: Letter, block: Block, says: Says | None, *, covering: bool) -> Verdict:
    """Say what the fields in a letter's text are; `covering` says whether the sender's own words stand above them.

    Outlook and others write the same fields above a letter that they answer and one that they pass on. There the
    subject decides; without a prefix, whether the one named as the author is being written to.
    """
    sender = block.fields.get("from", "")
    address = mailbox(sender)[1].lower()
    clear = bool(address) and len(block.fields) > 1 and not on_behalf(sender)
    prefix = _prefix(letter, block)
    if says == Says.FORWARDED:
        nested_oddly = letter.depth > 0 and covering and prefix != Prefix.FORWARD
        return Verdict.SURE if clear and prefix != Prefix.REPLY and not nested_oddly else Verdict.LIKELY
    if prefix == Prefix.REPLY:
        return Verdict.HISTORY
    if prefix == Prefix.FORWARD:
        return Verdict.SURE if clear else Verdict.LIKELY
    return _without_prefix(letter, block, says, address, covering=covering)


def _without_prefix(letter: Letter, block: Block, says: Says | None, address: str, *, covering: bool) -> Verdict:
    if not address or address == letter.address.lower():
        return Verdict.NOTHING
    if address in letter.recipients:
        return Verdict.HISTORY
    received = letter.address.lower() in addresses(f"{block.fields.get('to', '')} {block.fields.get('copy', '')}")
    marked = says == Says.ORIGINAL and block.depth > 0
    return Verdict.LIKELY if not covering or marked or (received and letter.recipients) else Verdict.HISTORY


def _prefix(letter: Letter, block: Block) -> Prefix:
    prefix = prefix_of(letter.subject)
    if prefix != Prefix.EITHER:
        return prefix
    return Prefix.REPLY if FINNISH in block.labels.values() else Prefix.FORWARD
