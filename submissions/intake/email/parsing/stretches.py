"""The long stretches of a large message stay in its bytes while its structure is read: that needs their edges only.

The standard library makes an object of every line, several times over; of 49 MB in short lines that is 2 GB.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any

_BOUNDARY = re.compile(r"\sboundary\s{0,9}=\s{0,9}\"?([^\"\r\n;]{1,200})", re.IGNORECASE)
LONGEST_FIELD = 4000
"""Of a Content-Type, characters: the library reads one in time by the square of its length."""
END_OF_HEADER = re.compile(rb"\n\r?\n")
_FOLD = re.compile(r"[\r\n]+")
LARGE = 100_000
"""Bytes of a message from which on its long stretches are left out."""
LONG = 72_000
KEPT = 40_000
"""Bytes at the beginning of a long stretch that are read: the header of a part has room there."""
TAIL = 200
LONGEST_HEADER = 1_000_000


@dataclass(frozen=True)
class Stretches:
    """Which bytes of a message were left out; in their place stands a line that nobody could have written before."""

    raw: bytes
    mark: bytes
    places: list[tuple[int, int]]

    def put_back(self, content: bytes) -> bytes:
        """Return content with what was left out of it."""
        if self.mark not in content:
            return content
        pieces: list[bytes | memoryview] = []
        for place, piece in enumerate(re.split(self.mark + rb"(\d{1,6})-", content)):
            pieces.append(self._left_out(int(piece)) if place % 2 else piece)
        return b"".join(pieces)

    def _left_out(self, number: int) -> memoryview:
        start, stop = self.places[number] if number < len(self.places) else (0, 0)
        return memoryview(self.raw)[start:stop]


class Part(Message):
    """A message or a part of one, which knows what was left out of it when it was read, and finds its delimiter."""

    stretches: Stretches | None = None

    def get_boundary(self, failobj: Any = None) -> Any:
        """Return the delimiter of parts, also where it is folded, or no semicolon stands before it."""
        field = str(self.get("content-type", ""))
        found = super().get_boundary() if len(field) <= LONGEST_FIELD else None
        if found is None:
            said = _BOUNDARY.search(field[:LONGEST_FIELD])
            found = said[1] if said else None
        return failobj if found is None else _FOLD.sub("", found)


def shortened(raw: bytes) -> tuple[bytes, Stretches | None]:
    """Return a message whose structure is that of `raw`, without its long stretches; these, if there are any."""
    if len(raw) < LARGE:
        return raw, None
    mark = f"X-{secrets.token_hex(12)}: ".encode()
    places: list[tuple[int, int]] = []
    pieces: list[bytes] = []
    done, body = 0, _end_of_header(raw)
    for begun, stop in _between_delimiters(raw):
        start = max(begun, body)
        if stop - start > LONG:
            first, last = _whole_lines(raw, start + KEPT, stop - TAIL)
            pieces += [raw[done:first], mark + f"{len(places)}-".encode()]
            places.append((first, last))
            done = last
    if not places:
        return raw, None
    return b"".join([*pieces, raw[done:]]), Stretches(raw, mark, places)


def _end_of_header(raw: bytes) -> int:
    """Return where a message's header ends, which is kept whole; 0 where it is larger than anybody's."""
    found = END_OF_HEADER.search(raw, 0, LONGEST_HEADER)
    return found.end() if found else 0


def _between_delimiters(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the stretches begin and end between lines that begin as delimiters of parts do (RFC 2046, 5.1)."""
    start = 0
    for place in sorted([*_find_all(raw, b"\n--"), *_find_all(raw, b"\r--")]):
        yield start, place
        start = place + 1
    yield start, len(raw)


def _find_all(raw: bytes, what: bytes) -> Iterator[int]:
    place = raw.find(what)
    while place >= 0:
        yield place
        place = raw.find(what, place + 1)


def _whole_lines(raw: bytes, first: int, last: int) -> tuple[int, int]:
    """Return the two places moved to the beginnings of lines, where lines end close by."""
    newline = raw.find(b"\n", first, first + LONG - KEPT - 2 * TAIL)
    first = newline + 1 if newline >= 0 else first
    newline = raw.rfind(b"\n", first, last)
    return first, newline + 1 if newline >= 0 else last
