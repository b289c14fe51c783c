"""Files within files: what is in a winmail.dat or written into a text, beside the original, which stays."""

from collections.abc import Iterator
from dataclasses import dataclass

from submissions.cleaning import clean_text
from submissions.intake.email.parsing import rtf
from submissions.intake.email.parsing.charsets import decode
from submissions.intake.email.parsing.html import html_to_text
from submissions.intake.email.parsing.intext import InText
from submissions.intake.email.parsing.tnef import Tnef, read_tnef


@dataclass(frozen=True)
class Unpacked:
    """A file that was found within: its name as it was said there, and where it was found."""

    name: str
    content: bytes
    label: str


@dataclass(frozen=True)
class Winmail:
    """What a winmail.dat holds."""

    text: str
    files: tuple[Unpacked, ...]


def from_winmail(content: bytes, label: str) -> Winmail:
    """Return the text of a winmail.dat and its files; a message within it is a file, and its text and files more."""
    found = read_tnef(content)
    files = tuple(Unpacked(name, file, label) for name, file in _files(found))
    return Winmail(text_of(found), files)


def from_text(found: InText) -> Iterator[Unpacked]:
    """Yield the files that are written in a text."""
    for file in found.files:
        yield Unpacked(decode(file.name), file.content, file.label)


def text_of(found: Tnef) -> str:
    """Return the body of a winmail.dat as clean text, from the first of its forms that says anything."""
    return (
        clean_text(found.plain)
        or clean_text(html_to_text(found.html))
        or (clean_text(rtf.text_of(rtf.decompressed(found.rtf))) if found.rtf else "")
    )


def _files(found: Tnef) -> Iterator[tuple[str, bytes]]:
    for file in found.files:
        name = file.title if file.title and "." not in file.name else file.name
        yield name, file.content
        if file.message:
            text = text_of(file.message)
            yield f"{name}.txt", text.encode()
            yield from _files(file.message)
