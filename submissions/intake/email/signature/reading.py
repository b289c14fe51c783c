"""Reads the end of a letter: its closing and what stands below, a signed dash, "Jane Doe lives in Sheridan."."""

import re
from collections.abc import Iterator, Sequence

from submissions.intake.email.folding import Folded, FoldKind
from submissions.intake.email.folding.closings import closing
from submissions.intake.email.signature.labels import labelled
from submissions.intake.email.signature.people import agree, bare, is_name
from submissions.intake.email.signature.phones import own_phones, phone
from submissions.intake.email.signature.places import is_town_alone, place, street, town_at_start
from submissions.intake.email.signature.suggestion import Found, Suggestion, first_of_each, one

END_LINES = 24
BLOCK_LINES = 10
HEAD_LINES = 8
MOST_CHARACTERS = 5_000
SHORT_LINE = 120

_OF_STATES = ("US", "CA")
"""Countries whose states we know by name; elsewhere "DE" is no Delaware."""

_DASH = re.compile(r"[ \t]{0,8}(\u2014|\u2013|--|-|~|/s/)[ \t]{0,2}(?=[^\W\d_])")
_THANKS = re.compile(r"(?:\w+ ){0,2}(?:thank|merci|gra[cz]i|obrigad|danke|vielen dank|tak\b)", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"\W{0,2}(?:p\. ?s\b|ps\b[.:]|n\. ?b\.)", re.IGNORECASE)
_SPLIT = re.compile(r" ?[,;|\u2022\u00b7] ?| [\u2013\u2014-] | of (?=[A-Z])")
_LIVES = re.compile(
    r"(?:^|(?<=[.!?] ))([^\n.!?]{1,60}?(?:[A-Z]\.[^\n.!?]{1,40}?){0,2}),? (?:(?:lives?|resides?|live|reside)(?: in"
    r"| near| at)"
    r"|(?:is|am) (?:a|an) (?:[\w-]{1,20} ){0,3}resident of|lebt in|wohnt in|lebe in|wohne in|vive en|vivo en"
    r"|habite(?: à| a)?"
    r"|vive a|vivo a|mora em|vive em|woont in|bor i|mieszka w|asuu) (?=\S)"
)
_FIRST_PERSON = frozenset({"i", "i also", "ich", "the writer", "the author", "he", "she", "they", "the letter writer"})


def suggestions(folded: Folded, *, name: str = "", region: str = "US") -> Found:
    """Return what the sign-off at the end of a folded letter says of its writer: at most one suggestion a field.

    `name` is the From display name: a name that agrees with it is preferred. `region` (ISO 3166) reads phone numbers
    without a country code. Quotes are not read; nothing is guessed: where the words could be something else, they are
    left alone.
    """
    head = _worded(folded.text[:MOST_CHARACTERS])[:HEAD_LINES]
    below = [part.text for part in folded.folds if part.kind == FoldKind.SIGNATURE and part.after == len(folded.text)]
    end = _worded(folded.text[-MOST_CHARACTERS:])[-END_LINES:] + _worded("\n".join(below)[:MOST_CHARACTERS])
    found = _read(head, end, name=name, region=region)
    return first_of_each(one for one in found if one.field != "region" or region in _OF_STATES)


def _worded(text: str) -> list[str]:
    """Return the lines of a text that are not blank, and no longer than anybody writes."""
    return [line.strip()[:1_000] for line in text.split("\n") if line.strip()]


def _read(head: Sequence[str], end: Sequence[str], *, name: str, region: str) -> Iterator[Suggestion]:
    yield from labelled([*head, *end], name=name, region=region)
    for block in _blocks(end, name=name):
        yield from _signed(block, name=name, region=region)
    yield from _dwelling(end, name=name)
    yield from own_phones(end, region)


def _signed(block: Sequence[str], *, name: str, region: str) -> Iterator[Suggestion]:
    """Yield what a sign-off says, from the name in it that agrees with the given one, else from its first line on."""
    people = (_person(line, name=name) for line in block)
    agreeing = (number for number, person in enumerate(people) if person and agree(person[0].value, name))
    own = block[next(agreeing, 0) :]
    yield from _person(own[0], name=name)
    for number, line in enumerate(own[1:]):
        # A line of its own is surely a town only right below the name, or below the street.
        below = number == 0 or bool(street(own[number]))
        yield from street(line) or place(line, sure=below and is_town_alone(line))
    for line in block:
        yield from phone(line, region)


def _blocks(end: Sequence[str], *, name: str) -> Iterator[list[str]]:
    """Yield the lines below the closing, else those that a person signed; then those of the signature."""
    dashes = next((number for number, line in enumerate(end) if line == "--"), len(end))
    letter = end[:dashes]
    signed = _below_closing(letter, name=name) or _signed_end(letter, name=name)
    yield from filter(None, [_until_postscript(signed), _until_postscript(end[dashes + 1 :])])


def _below_closing(letter: Sequence[str], *, name: str) -> list[str]:
    for number in range(len(letter) - 1, -1, -1):
        words, behind = closing(letter[number]) or ("", "")
        # "Thank you, Jane Roe" may thank somebody else.
        if words and not (behind and _THANKS.match(words) and not agree(behind, name)):
            return [*filter(None, [behind.strip()]), *letter[number + 1 :]]
    return []


def _signed_end(letter: Sequence[str], *, name: str) -> list[str]:
    for number in range(max(0, len(letter) - BLOCK_LINES), len(letter)):
        dash = _DASH.match(letter[number])
        line = letter[number][dash.end() :] if dash else letter[number]
        person = _person(line, name=name)
        agrees = any(found.field == "name" and agree(found.value, name) for found in person)
        if person and (agrees or (dash and dash[1] != "-" and (not name or len(person) > 1))):
            return [line, *letter[number + 1 :]]
    return []


def _until_postscript(lines: Sequence[str]) -> list[str]:
    block: list[str] = []
    for line in lines[:BLOCK_LINES]:
        if _POSTSCRIPT.match(line) or len(line) > SHORT_LINE:
            break
        block.append(line)
    return block


def _person(line: str, *, name: str) -> Found:
    """Return the name with which a line begins, and the place behind it."""
    dash = _DASH.match(line)
    shown = line[dash.end() :] if dash else line
    if len(shown) > SHORT_LINE:
        return ()
    if is_name(shown, given=name) and "," not in bare(shown):
        return one("name", bare(shown))
    for cut in _SPLIT.finditer(shown):
        who, where = shown[: cut.start()], shown[cut.end() :]
        if is_name(who, given=name):
            return one("name", bare(who)) + (place(where, sure=True) or place(where.partition(",")[2]))
    return ()


def _dwelling(end: Sequence[str], *, name: str) -> Iterator[Suggestion]:
    """Yield who lives where, as a sentence of the last lines says it of the writer."""
    for line in reversed(end[-4:]):
        for found in _LIVES.finditer(line[:600]):
            who = found[1].strip().split(",")[0].strip()
            is_writer = is_name(who, given=name) and (not name or agree(who, name))
            if is_writer or who.casefold() in _FIRST_PERSON:
                yield from one("name", bare(who)) if is_writer else ()
                yield from town_at_start(line[found.end() :])
