"""MimeKit's TNEF samples: for each a list of the names that are in it, and most of the files themselves."""

from collections.abc import Iterator
from pathlib import Path

from submissions.intake.email.parsing.rtf import decompressed
from submissions.intake.email.parsing.tnef import Tnef, read_tnef
from tests.corpora import CORPORA, Row

FOLDER = CORPORA / "mimekit" / "tnef"


def score() -> list[Row]:
    """Return how many lists of names are wholly found, and how many extracted files and rich texts are the same."""
    samples = sorted(FOLDER.glob("*.tnef"))
    lists = [expected_names(path) <= {name for name, _ in held(path)} for path in samples]
    files = [same for path in samples for same in _same_files(path)]
    return [("TNEF lists", sum(lists), len(lists)), ("TNEF files", sum(files), len(files))]


def expected_names(path: Path) -> set[str]:
    """Return the names that the list beside a sample gives."""
    return set(path.with_suffix(".list").read_text().split("\n")) - {""}


def held(path: Path) -> list[tuple[str, bytes]]:
    """Return the names and contents of what we find in a sample, the body named as in the lists."""
    found = read_tnef(path.read_bytes())
    bodies = [("body.html", found.html.encode()), ("body.rtf", decompressed(found.rtf))]
    return [*_files(found), *((name, content) for name, content in bodies if content)]


def _files(found: Tnef) -> Iterator[tuple[str, bytes]]:
    for file in found.files:
        yield file.name, file.content
        yield from _files(file.message) if file.message else ()


def _same_files(path: Path) -> Iterator[bool]:
    """Yield for each file beside a sample whether ours has the same content but for line ends.

    Left out: text bodies in their own conversion, and embedded objects, which they keep with 16 bytes of OLE's before.
    """
    mine = [_lines(content) for _, content in held(path)]
    for file in sorted(path.with_suffix("").glob("*")):
        if not file.name.startswith(("message.txt", "message.html", "Untitled")):
            yield _lines(file.read_bytes()) in mine


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").rstrip(b"\0\n")
