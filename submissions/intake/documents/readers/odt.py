"""OpenDocument texts (ODF 1.2 and 1.3, part 3)."""

import re
from collections.abc import Mapping

from submissions.intake.documents.document import Document, Unread
from submissions.intake.documents.flow import Flow
from submissions.intake.documents.package import Elements, open_package, walk

MANIFEST = "META-INF/manifest.xml"
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_PARAGRAPHS = {"p", "h"}
_LEFT_OUT = {"annotation", "note-citation", "ruby-text", "title", "desc", "script", "event-listeners", "forms"}
_MOST_SPACES = 100
_BLANKS = re.compile(r"[ \t\r\n]+")


def read(content: bytes) -> Document:
    """Read the text of a document, then its notes."""
    package = open_package(content)
    if "encrypted-package" in package.namelist():
        raise Unread("encrypted")
    if MANIFEST in package.namelist():
        walk(package, MANIFEST, _Locked())
    text = _Text()
    walk(package, "content.xml", text)
    return text.flow.document(tracked_changes=text.changes, comments=text.comments)


class _Locked(Elements):
    """Finds whether the manifest tells of encryption. Raises Unread."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "encryption-data":
            raise Unread("encrypted")
        return True


class _Text(Elements):
    """Writes the text into a flow; counts comments and tracked changes. Deleted text stands apart in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow()
        self.changes = 0
        self.comments = 0
        self._blank = True

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "deletion" and self.parent() == "changed-region":
            self.changes += 1
            return False
        self.changes += name == "insertion" and self.parent() == "changed-region"
        self.comments += name == "annotation"
        if name in _LEFT_OUT:
            return False
        if name in _CHARACTERS:
            self._write(_CHARACTERS[name])
        elif name == "s":
            self._write(" " * _count(attributes))
        else:
            self._begin(name)
        return True

    def closed(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.flow.end_paragraph()
        elif name == "table-cell":
            self.flow.end_cell()
        elif name == "table-row":
            self.flow.end_row()
        elif name == "note-body":
            self.flow.end_note()

    def text(self, text: str) -> None:
        """Write a text; blanks in a row are one, as in HTML (ODF 1.2, 6.1.2)."""
        flat = _BLANKS.sub(" ", text)
        self._write(flat[1:] if self._blank and flat.startswith(" ") else flat)

    def enough(self) -> bool:
        return self.flow.full()

    def _write(self, text: str) -> None:
        if text:
            self.flow.write(text)
            self._blank = text[-1] in " \t\n"

    def _begin(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.flow.start_paragraph()
            self._blank = True
        elif name == "table-cell":
            self.flow.start_cell()
        elif name == "table-row":
            self.flow.start_row()
        elif name == "note-body":
            self.flow.start_note()


def _count(attributes: Mapping[str, str]) -> int:
    """Return how many spaces an element stands for, by its attribute `c`; one without it."""
    said = next((value for name, value in attributes.items() if name.endswith("}c")), "1")
    return min(int(said), _MOST_SPACES) if said.isdecimal() and len(said) < 10 else 1
