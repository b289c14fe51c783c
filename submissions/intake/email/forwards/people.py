"""Who is named in a line of text, in the ways that mail programs write a mailbox where people read it."""

# ruff: noqa: RUF001  letters of other alphabets are meant here

import html
import re

from submissions.cleaning import one_line
from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.phrases import BEHALF
from submissions.notifications.addresses import sole_address

LENGTH = 1000
_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"'«»„“”|]{1,64}@[^\s<>()\[\]{},;:\"'«»„“”|@]{1,253}")
_AROUND = " \t\"'`*_<>()[]{}«»„“”‟‘’‚,;:|-"
_NOTES = re.compile(r"(?:CN=)?([^/@=]{2,80})(?:/(?:[A-Z]{1,2}=)?[^/@=]{1,40}){1,5}(?:@[^/@.]{1,60})?")


def mailbox(value: str) -> tuple[str, str]:
    """Return the (name, address) of the first mailbox in a line, each "" where it is not shown.

    Known forms: Name <address>, Name [mailto:address], address<mailto:address>, Name (address), address (Name),
    and Notes' Name/Unit/Company.
    """
    shown = _plain(value)
    notes = _NOTES.fullmatch(shown)
    if notes:
        return _name(notes[1]), ""
    found = _ADDRESS.search(shown) if "@" in shown else None
    if not found:
        return _name(shown.partition("<")[0]), ""
    address = sole_address(found[0].strip(".'`*_")) or ""
    return _name(shown[: found.start()]) or _after(shown[found.end() :]), address


def addresses(value: str) -> frozenset[str]:
    """Return every address in a line, in lower case."""
    return frozenset(found.lower() for found in _ADDRESS.findall(_plain(value))) if "@" in value else frozenset()


def on_behalf(value: str) -> bool:
    """Whether a mailbox is that of somebody who sent the letter for its author, as lists and secretaries do."""
    return BEHALF.search(caseless(value[:LENGTH])) is not None


def _plain(value: str) -> str:
    text = html.unescape(value[:LENGTH]) if "&" in value[:LENGTH] else value[:LENGTH]
    return one_line(re.sub("mailto:", "", text, flags=re.IGNORECASE))


def _name(text: str) -> str:
    name = text.strip(_AROUND)
    return "" if "@" in name else one_line(name, 200)


def _after(text: str) -> str:
    """Return the name that stands in parentheses behind an address."""
    found = re.match(r"[>\]\s]{0,3}\(([^()@]{1,200})\)", text)
    return _name(found[1]) if found else ""
