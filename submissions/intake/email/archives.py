"""Archives of mail, read one message at a time: an mbox, a Maildir, a folder of .eml files, or one of those."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PIECE = 65_536
TOO_LARGE = "larger than the house policy allows"
EMPTY = "empty"

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_BEGIN = re.compile(
    rb"From [^\r\n]{0,200}?\b"
    + rb"(?:%s %s +\d{1,2} +\d{1,2}:\d\d(?::\d\d)? (?:\S{1,6} ){0,2}\d{4}|%s, +\d{1,2} %s \d{4})\b"
    % (_DAY, _MONTH, _DAY, _MONTH)
)
_QUOTED = re.compile(rb">+From ")


class NotAnArchive(Exception):
    """Neither an mbox, nor a folder, nor an .eml file."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One message of an archive and where it stood; `raw` is None where it could not be taken, `trouble` says why."""

    place: str
    raw: bytes | None
    trouble: str = ""
    passed: int = 0
    """Bytes of the archive that it takes up."""


def messages_of(path: Path, limit: int) -> Iterator[Found]:
    """Yield the messages of an archive in their order, each in one piece of at most `limit` bytes.

    What cannot be read, or is larger, is yielded without its bytes. Raises NotAnArchive, and OSError for no path.
    """
    if _is_mbox(path):
        yield from _mbox(path, limit)
        return
    for file in _files(path):
        yield _read(file, str(file.relative_to(path)) if file != path else file.name, limit)


def size_of(path: Path) -> int:
    """Return how many bytes messages_of will pass over. Raises what it raises."""
    if _is_mbox(path):
        return path.stat().st_size
    return sum(file.stat().st_size for file in _files(path) if file.is_file())


def _is_mbox(path: Path) -> bool:
    if path.is_dir():
        return False
    with path.open("rb") as file:
        head = file.read(PIECE).lstrip(b"\r\n")
    if head.startswith(b"From ") and path.suffix.lower() != ".eml":
        return True
    if head and path.suffix.lower() != ".eml":
        raise NotAnArchive
    return not head


def _files(path: Path) -> Iterator[Path]:
    """Yield the files that hold a message each; a folder that cannot be read is yielded itself."""
    if not path.is_dir():
        yield path
    elif (path / "cur").is_dir():
        yield from _maildir(path)
    else:
        yield from _folder(path)


def _maildir(path: Path) -> Iterator[Path]:
    """Yield new and seen messages in the order of their arrival (their names begin with it), drafts left out."""
    files = [file for part in ("new", "cur") for file in _listed(path / part)]
    yield from sorted((file for file in files if not _is_draft(file)), key=lambda file: file.name)


def _listed(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if not file.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError:
        return [folder]


def _is_draft(file: Path) -> bool:
    return "D" in file.name.partition(":2,")[2]


def _folder(path: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders.sort()
        yield from (Path(folder) / name for name in sorted(names) if name.lower().endswith(".eml"))
    yield from (Path(error.filename) for error in closed)


def _read(file: Path, place: str, limit: int) -> Found:
    try:
        if not file.is_file():
            return Found(place=place, raw=None, trouble="not a file that can be read")
        with file.open("rb") as opened:
            message = _Message(place, limit)
            while piece := opened.read(PIECE):
                message.add(piece)
    except OSError as error:
        return Found(place=place, raw=None, trouble=error.strerror or type(error).__name__)
    return message.found()


class _Message:
    """A message that is being read; over the limit it is only measured."""

    def __init__(self, place: str, limit: int, passed: int = 0) -> None:
        self.place, self.limit = place, limit
        self.size, self.passed = 0, passed
        self.pieces = bytearray()

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self.passed += len(piece)
        if self.size <= self.limit:
            self.pieces += piece
        else:
            self.pieces.clear()

    def found(self) -> Found:
        trouble = TOO_LARGE if self.size > self.limit else "" if self.size else EMPTY
        raw = None if trouble else bytes(self.pieces)
        return Found(place=self.place, raw=raw, trouble=trouble, passed=self.passed)


def _mbox(path: Path, limit: int) -> Iterator[Found]:
    """Yield the messages of an mbox file (RFC 4155), one level of `>From ` unquoted as mboxrd and mboxo both ask.

    A message begins at a line of "From ", sender and date, after an empty line, which belongs to neither; a line of
    the text that merely begins with "From " does not look like that.
    """
    count = 0
    with path.open("rb") as file:
        try:
            for found in _split(file, limit):
                count += 1
                yield found
        except OSError as error:
            place = f"everything after message {count}"
            yield Found(place=place, raw=None, trouble=error.strerror or type(error).__name__)


def _split(file: BinaryIO, limit: int) -> Iterator[Found]:
    message, number, empty_line = None, 0, b""
    for piece, begins in _pieces(file):
        if begins and _begins_message(piece, first=message is None, after_empty=bool(empty_line)):
            if message:
                message.passed += len(empty_line)
                yield message.found()
            number, empty_line = number + 1, b""
            message = _Message(f"message {number}", limit, passed=len(piece))
        elif message:
            message.add(empty_line)
            empty_line = piece if begins and piece in (b"\n", b"\r\n") else b""
            if not empty_line:
                message.add(piece[1:] if begins and _QUOTED.match(piece) else piece)
    if message:
        yield message.found()


def _begins_message(line: bytes, *, first: bool, after_empty: bool) -> bool:
    if not line.startswith(b"From "):
        return False
    return first or (after_empty and bool(_BEGIN.match(line)))


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield lines, the long ones in pieces, and whether a line begins with the piece."""
    begins = True
    while piece := file.readline(PIECE):
        yield piece, begins
        begins = piece.endswith(b"\n")
