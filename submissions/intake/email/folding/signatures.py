"""Signatures: what follows "--" (RFC 3676, 4.3), and a firm's block below a sign-off. The sign-off itself is letter."""

import re
from collections.abc import Sequence

from submissions.intake.email.folding.closings import is_closing

MOST_LINES = 15
MOST_WORDS = 80
SHORT_LINE = 100
WITHOUT_CONTACT = 4
"""Lines: longer things than this, without a figure or an address in them, are verse or prose."""

_DASHES = re.compile(r"[ \t]{0,2}--[ \t]{0,2}$")
_CONTACT = re.compile(r"\d|@|www\.|https?:", re.IGNORECASE)
_WORD = re.compile(r"\w")
_PROSE_LINE = 50
_BUSINESS = (
    re.compile(r"www\.\w|https?://\w", re.IGNORECASE),
    re.compile(r"\S {1,4}[|\u00b7\u2022] {1,4}\S"),
    re.compile(r"^\W{0,2}(?:tel|phone|office|mobile|direct|cell|telefon|telefax|fax)\b[^\n]{0,40}\d", re.IGNORECASE),
    re.compile(r"\b(?:inc|llc|ltd|corp|corporation|gmbh|ag|s\.?a\.?r?\.?l|s\.p\.a|b\.v|plc|llp)\b\.?", re.IGNORECASE),
)


def signature_start(lines: Sequence[str], start: int, end: int) -> int:
    """Return the number of the line where a signature begins that reaches to `end`; `end` if there is none.

    A signature has at most MOST_LINES short lines; longer things are part of the letter.
    """
    worded = _last_worded(lines, start, end)
    dashes = (number for number in worded if _DASHES.match(lines[number][:20]))
    found = next((number for number in dashes if _is_signature([lines[n] for n in worded if n > number])), None)
    return found if found is not None else _firm_start(lines, worded, end)


def _last_worded(lines: Sequence[str], start: int, end: int) -> list[int]:
    """Return the numbers of the last lines that are not blank: a signature's and its dashes'."""
    found: list[int] = []
    number = end
    while number > max(start, end - 4 * MOST_LINES) and len(found) <= MOST_LINES:
        number -= 1
        if lines[number].strip():
            found.append(number)
    return found[::-1]


def _is_signature(below: Sequence[str]) -> bool:
    if any(len(line) > SHORT_LINE and not _CONTACT.search(line[:400]) for line in below) or _has_prose(below):
        return False
    worded = [line for line in below if _WORD.search(line[:400])]
    words = sum(len(line[:2_000].split()) for line in worded)
    has_contact = any(_CONTACT.search(line[:400]) for line in worded)
    return words <= MOST_WORDS and (has_contact or len(worded) <= WITHOUT_CONTACT)


def _has_prose(below: Sequence[str]) -> bool:
    """Whether three lines in a row are long and hold nothing to reach anybody by: a paragraph, broken by a program."""
    long = [len(line) >= _PROSE_LINE and not _CONTACT.search(line[:400]) for line in below]
    return any(all(long[at : at + 3]) for at in range(len(long) - 2))


def _firm_start(lines: Sequence[str], worded: Sequence[int], end: int) -> int:
    """Return where a firm's block begins: below a closing, a name and a blank line, with two signs of business."""
    closing = next((number for number in reversed(worded) if is_closing(lines[number])), None)
    if closing is None:
        return end
    below = [number for number in worded if number > closing]
    begins = next((number for number in below[1:] if not lines[number - 1].strip()), None)
    if begins is None:
        return end
    block = [lines[number][:400] for number in below if number >= begins]
    signs = sum(any(sign.search(line) for line in block) for sign in _BUSINESS)
    phones = sum(bool(_BUSINESS[2].search(line)) for line in block)
    if signs - (phones == 1) < 2 or not _is_signature(block):  # one phone is what editors ask every writer for
        return end
    return begins
