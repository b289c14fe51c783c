"""Messages changed by chance: pieces lost, doubled, swapped, moved into other messages, and repeated without end."""

from collections.abc import Sequence
from random import Random

from tests.fuzz.grammar import Maker

LARGEST = 1_000_000
"""Bytes of a message, at most."""
USUAL = 60_000
"""Most messages stay below, or few would be tried."""
TOKENS = (
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b"--",
        b"\n--",
        b"=?",
        b"?=",
        b"=",
        b"(",
        b")",
        b"<",
        b">",
        b'"',
        b"\\",
        b",",
        b";",
    ),
    *(
        b":",
        b"@",
        b" ",
        b"\t",
        b"\n ",
        b"\n\n",
        b"\n>",
        b"> ",
        b"From: ",
        b"\xff",
        b"\xe2\x80\xae",
        b"\xed\xa0\xbd",
        b"&#0;",
    ),
    *(
        b"<div>",
        b"</div>",
        b"<!--",
        b"begin 644 x\n",
        b"a@b.example ",
        b"x ",
        b"*",
        b"_",
        b"-",
        b"\n-- \n",
        b"wrote:\n",
    ),
    *(b"\x1b$B", b"+AGE-", b"http://", b"=\n", b"\xe3\x80\x80", b"1", b"A", b"multipart/", b"boundary=", b"\n\t\n"),
)


class Mutator:
    """Changes messages by chance; the same seed and the same messages make the same ones."""

    def __init__(self, chance: Random, seeds: Sequence[bytes]) -> None:
        self.chance, self.seeds = chance, seeds
        self.maker = Maker(chance)

    def fresh(self) -> bytes:
        """Return a message: one of the seeds or one made by the grammar, changed or not."""
        made = self.maker.message() if not self.seeds or self.chance.random() < 0.4 else self.chance.choice(self.seeds)
        return self.changed(made)

    def changed(self, raw: bytes) -> bytes:
        """Return a message after a few changes; now and then something in it is repeated up to LARGEST."""
        for _ in range(self.chance.choice((0, 1, 1, 2, 4, 8))):
            raw = self.chance.choice(_CHANGES)(self, raw)[:USUAL]
        return self._swollen(raw) if self.chance.random() < 0.1 else raw

    def _cut(self, raw: bytes) -> bytes:
        start, stop = self._slice(raw)
        return raw[:start] + raw[stop:]

    def _double(self, raw: bytes) -> bytes:
        start, stop = self._slice(raw)
        return raw[:stop] + raw[start:stop] * self.chance.choice((1, 1, 3, 30)) + raw[stop:]

    def _insert(self, raw: bytes) -> bytes:
        place = self._place(raw)
        return raw[:place] + self.chance.choice(TOKENS) * self.chance.choice((1, 1, 2, 50)) + raw[place:]

    def _flip(self, raw: bytes) -> bytes:
        place = self._place(raw)
        return raw[:place] + bytes([self.chance.randrange(256)]) + raw[place + 1 :]

    def _splice(self, raw: bytes) -> bytes:
        other = self.chance.choice(self.seeds) if self.seeds else self.maker.message()
        start, stop = self._slice(other)
        place = self._place(raw)
        return raw[:place] + other[start:stop] + raw[place:]

    def _write(self, raw: bytes) -> bytes:
        place = self._place(raw)
        return raw[:place] + b"\n" + self.maker.text().encode("utf-8", "surrogatepass") + b"\n" + raw[place:]

    def _move_lines(self, raw: bytes) -> bytes:
        lines = raw.splitlines(keepends=True)[:2000]
        if len(lines) > 1:
            first, second = self.chance.randrange(len(lines)), self.chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
        return b"".join(lines)

    def _swollen(self, raw: bytes) -> bytes:
        """Repeat a token or a slice of a few bytes: what takes time by the square of its length shows then."""
        start = self._place(raw)
        piece = raw[start : start + self.chance.choice((1, 2, 5, 20, 80, 400))] or b"x"
        if self.chance.random() < 0.5:
            piece = b"".join(self.chance.choice(TOKENS) for _ in range(self.chance.choice((1, 1, 2, 3))))
        size = self.chance.choice((50_000, 200_000, LARGEST - 1)) - len(raw)
        return (raw[:start] + piece * max(size // len(piece), 1) + raw[start:])[: LARGEST - 1]

    def _slice(self, raw: bytes) -> tuple[int, int]:
        start = self._place(raw)
        return start, start + self.chance.choice((1, 4, 40, 400, 4000))

    def _place(self, raw: bytes) -> int:
        """Return a place, often in the header, where more is read into less."""
        reach = len(raw) if self.chance.random() < 0.6 else min(len(raw), 2000)
        return self.chance.randint(0, reach)


_CHANGES = (
    Mutator._cut,
    Mutator._double,
    Mutator._insert,
    Mutator._flip,
    Mutator._splice,
    Mutator._write,
    Mutator._move_lines,
)
