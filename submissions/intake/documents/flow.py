"""A text as it flows in: paragraphs one after the other, in cells and boxes as well; and how they become lines."""

from collections.abc import Iterable, Iterator

from submissions.intake.documents.document import MOST_CHARACTERS, Document

LONG = 60
"""Characters. A line as long is a paragraph of its own; shorter ones are an address, a sign-off, a list."""


class Flow:
    """Collects paragraphs. A paragraph within one (in a text box) comes before it; the cells of a row on one line."""

    def __init__(self) -> None:
        self._lists: list[list[str]] = [[]]
        self._open: list[list[str]] = []
        self._rows: list[list[list[str]]] = []
        self._carried: list[str] = []
        self._notes: list[str] = []
        self.size = 0

    def write(self, text: str) -> None:
        """Add to the innermost paragraph."""
        if self._open:
            self._open[-1].append(text)
            self.size += len(text)

    def start_paragraph(self) -> None:
        """Begin a paragraph."""
        self._open.append(self._carried)
        self._carried = []

    def end_paragraph(self, *, runs_on: bool = False) -> None:
        """End a paragraph; one that runs on is the beginning of the next."""
        ended = self._open.pop()
        if runs_on:
            self._carried = ended
        else:
            self._lists[-1].append("".join(ended))

    def start_row(self) -> None:
        """Begin a row of a table."""
        self._rows.append([])

    def end_row(self) -> None:
        """End a row: one line where each cell has one paragraph, else its cells one after the other."""
        cells = self._rows.pop()
        if all(len(cell) <= 1 for cell in cells):
            self._lists[-1].append("\t".join("".join(cell) for cell in cells))
        else:
            self._lists[-1].extend(paragraph for cell in cells for paragraph in cell)

    def start_cell(self) -> None:
        """Begin a cell."""
        self._lists.append([])

    def end_cell(self) -> None:
        """End a cell; one outside of any row is part of the text around it."""
        cell = self._lists.pop()
        if self._rows:
            self._rows[-1].append(cell)
        else:
            self._lists[-1].extend(cell)

    def full(self) -> bool:
        """Whether it has more text than is kept."""
        return self.size > MOST_CHARACTERS

    def start_note(self) -> None:
        """Begin a note to a place in the text."""
        self._lists.append([])

    def end_note(self) -> None:
        """End a note: notes come after the text."""
        self._notes.extend(self._lists.pop())

    def document(self, *, tracked_changes: int, comments: int) -> Document:
        """Return what came in as a document."""
        return Document(
            text=joined(self.paragraphs()),
            tracked_changes=tracked_changes,
            comments=comments,
            problem="too_long" if self.full() else "",
        )

    def paragraphs(self) -> Iterator[str]:
        """Yield what came in; also what was not ended."""
        for flow in self._lists:
            yield from flow
        yield from map("".join, filter(None, [*self._open, self._carried]))
        yield from self._notes


def joined(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as one text: an empty line where there was one, and around each that is longer than a line."""
    out: list[str] = []
    apart = False
    for paragraph in paragraphs:
        text = "\n".join(line.strip() for line in paragraph.split("\n")).strip("\n")
        long = len(text) > LONG
        if text:
            out += ["\n\n" if apart or long else "\n", text]
        apart = long or not text
    return "".join(out[1:])
