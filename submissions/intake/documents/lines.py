"""Lines as they were drawn on a page, made paragraphs again: where they end, and which hyphens belong to the words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WINDOW = 12
"""Lines before and after, among which the right edge of a column is looked for."""
WIDE_GAP = 1.3
"""Times the usual distance of lines: there a paragraph ends."""
SAME_SIZE = 1.2
SPARE = 1.15
"""A first word that would have fitted by so much was put on the next line on purpose."""
RAGGED = 0.3
"""The share of its length by which a line may be shorter than others, although its sentence goes on in the next."""
BREAKING = 0.03
"""The share of lines that end in a broken word, from which a program is known to break words."""
_CLOSES = '.!?:;\u2026"\u201d\u2019)'
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?)?[-\u2013\u2014( ]{0,3}(\d{1,4})[-\u2013\u2014). ]{0,3}(?:(?:of|/) ?\d{1,4})?", re.IGNORECASE
)
BULLETS = ("\u2022", "\u25aa", "\u25e6")
_ITEM = re.compile(r"(?:[\u2022\u25aa\u25e6\u2013*-]|\d{1,3}[.)])\s")
_BROKEN = re.compile(r"(?:^|[^\w'\u2019-])([\w'\u2019-]{1,60})[-\ufffe\xad\x02]$")
_WORD = re.compile(r"[\w'\u2019-]{1,60}")
HYPHENS = "-\ufffe\xad\x02"
"""What stands at the end of a broken line; the library writes the second and the last for a plain hyphen."""
SOFT = "\xad"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of text; lengths in points, `base` from the bottom of the page, `size` the height of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Pen:
    """Gathers characters that stand on one line, from left to right."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._left = self._right = self._base = self._size = 0.0
        self._gap = False

    def space(self) -> None:
        """Note that words are apart here, if the line goes on."""
        self._gap = True

    def is_elsewhere(self, x: float, y: float) -> bool:
        """Whether a place is not on this line."""
        return bool(self._text) and (abs(y - self._base) > self._size / 2 or x < self._right - 2 * self._size)

    def write(self, char: str, x: float, y: float, box: tuple[float, float, float, float]) -> None:
        """Add a character that stands at this place in this box (left, bottom, right, top)."""
        if not self._text:
            self._left, self._base, self._size = x, y, max(box[3] - box[1], 1.0)
        elif self._gap:
            self._text.append(" ")
        self._gap = False
        self._text.append(char)
        self._right = max(self._right, box[2])

    def line(self) -> Line:
        """Return the line."""
        text = " ".join("".join(self._text).split())
        return Line(text=text, left=self._left, right=self._right, base=self._base, size=self._size)


def without_number(lines: list[Line], number: int) -> list[Line]:
    """Return the lines of a page without the one at its top or bottom that says only which page it is."""
    for place in (-1, 0):
        found = _PAGE_NUMBER.fullmatch(lines[place].text.strip()) if lines else None
        if found and int(found[1]) == number:
            return lines[:-1] if place else lines[1:]
    return lines


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of all pages; an empty one where the page shows a gap."""
    hyphens = _Hyphens(pages)
    text = ""
    before: Line | None = None
    for page in pages:
        pitch = _pitch(page)
        for place, line in enumerate(page):
            if before and (_is_gap(before, line, pitch) or _ends(before, line, page, max(place - 1, 0))):
                yield text
                if _is_gap(before, line, pitch):
                    yield ""
                text = line.text
            else:
                text = hyphens.join(text, line.text)
            before = line
    yield text


def _pitch(page: Sequence[Line]) -> float:
    """Return the distance of lines that is usual within the paragraphs of a page: only between them it is wider."""
    drops = sorted(above.base - below.base for above, below in pairwise(page) if above.base > below.base)
    return drops[len(drops) // 4] if drops else 0.0


def _is_gap(before: Line, line: Line, pitch: float) -> bool:
    return before.base - line.base > WIDE_GAP * pitch


def _ends(before: Line, line: Line, page: Sequence[Line], place: int) -> bool:
    """Whether a paragraph ends between two lines: a bullet, another size, an indent, or room for the next word."""
    if line.text.startswith(BULLETS) or not _is_same_size(before, line):
        return True
    if line.left - before.left > 0.8 * line.size and line.left < before.right and not _ITEM.match(before.text):
        return True
    room = _edge(before, page[max(place - WINDOW, 0) : place + WINDOW]) - before.right
    width = (line.right - line.left) / len(line.text)
    wanted = SPARE * width * (len(line.text.split(maxsplit=1)[0]) + 1)
    if line.text[0].islower() and before.text[-1] not in _CLOSES:
        wanted = max(wanted, RAGGED * (before.right - before.left))
    return room > wanted


def _edge(line: Line, near: Sequence[Line]) -> float:
    """Return how far to the right the column of a line goes: as far as those of its size above and below."""
    column = (other for other in near if other.left < line.right and line.left < other.right)
    return max((other.right for other in column if _is_same_size(other, line)), default=0.0)


def _is_same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= SAME_SIZE * min(one.size, other.size)


class _Hyphens:
    """Knows the words of a text, and whether its program breaks words: most leave them whole."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        lines = [line.text for page in pages for line in page]
        self._words = set(_words(lines))
        broken = {found[1] for line in lines if (found := _BROKEN.search(line[-80:]))}
        self._breaks_words = len(broken) >= 3 and len(broken) > BREAKING * len(lines)

    def join(self, text: str, line: str) -> str:
        """Return a text with its next line: a space between, or a hyphen kept or dropped."""
        if not text:
            return line
        if not text.endswith(tuple(HYPHENS)):
            return f"{text} {line}"
        if text[-2:-1].isspace() or len(text) == 1:
            return f"{text[:-1]}- {line}"
        return text[:-1] + ("" if self._is_break(text, line) else "-") + line

    def _is_break(self, text: str, line: str) -> bool:
        before, after = _BROKEN.search(text[-80:]), _WORD.match(line)
        if text.endswith(SOFT):
            return True
        if not before or not after or not after[0][0].islower() or not before[1][-1].isalpha():
            return False
        if (before[1] + after[0]).casefold() in self._words:
            return True
        return self._breaks_words and f"{before[1]}-{after[0]}".casefold() not in self._words


def _words(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for word in _WORD.finditer(line.rstrip(HYPHENS)):
            yield word[0].casefold()
