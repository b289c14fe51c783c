"""Word documents (ECMA-376, WordprocessingML), transitional or strict, with or without macros."""

import zipfile
from collections.abc import Mapping

from submissions.intake.documents.document import Document
from submissions.intake.documents.flow import Flow
from submissions.intake.documents.package import Counter, Elements, open_package, walk

RELATIONS = "_rels/.rels"
USUAL = "word/document.xml"
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CHANGES = {"ins", "del", "moveFrom"}
_GONE = {"del", "moveFrom", "rt", "binData"}
"""What no reader of the accepted text sees: deletions, the old place of a move, the small signs above a text."""
_OFF = {"0", "false", "off"}


def read(content: bytes) -> Document:
    """Read the text of a document: its body, then its footnotes and endnotes."""
    package = open_package(content)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    names = {*package.namelist()}
    flow, changes = Flow(), 0
    for part in (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if part == main or part in names:
            text = _Text(flow)
            walk(package, part, text)
            changes += text.changes
    comments = Counter("comment")
    if f"{folder}/comments.xml" in names:
        walk(package, f"{folder}/comments.xml", comments)
    return flow.document(tracked_changes=changes, comments=comments.count)


def _main_part(package: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the text; the package's relations say so (ECMA-376-2, 9.3)."""
    relations = _Relations()
    if RELATIONS in package.namelist():
        walk(package, RELATIONS, relations)
    return relations.main or USUAL


class _Relations(Elements):
    """Finds the part that is the office document."""

    main = ""

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            self.main = attributes.get("Target", "").lstrip("/")
        return True


class _Text(Elements):
    """Writes the text of a part into a flow, and counts the tracked changes."""

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self.changes = 0
        self._flow = flow
        self._chosen: list[bool] = []
        self._hidden_run = 0
        self._runs_on = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        self.changes += name in _CHANGES
        if name in _GONE or name.endswith("Change"):  # pPrChange and its like hold how it was before
            self._runs_on |= name == "del" and self.parent() == "rPr" and self.parent(2) == "pPr"
            return False
        if name in ("AlternateContent", "Choice", "Fallback"):
            return self._alternative(name)
        if name in _CHARACTERS and self.parent() == "r" and not self._hidden_run:
            self._flow.write(_CHARACTERS[name])
        elif name == "vanish" and self.parent(2) == "r" and not _OFF.intersection(attributes.values()):
            self._hidden_run = self._hidden_run or len(self.path) - 2
        else:
            self._begin(name)
        return True

    def closed(self, name: str) -> None:
        if name == "p":
            self._flow.end_paragraph(runs_on=self._runs_on)
            self._runs_on = False
        elif name == "tc":
            self._flow.end_cell()
        elif name == "tr":
            self._flow.end_row()
        elif name == "AlternateContent":
            self._chosen.pop()
        elif name == "r" and len(self.path) == self._hidden_run:
            self._hidden_run = 0

    def text(self, text: str) -> None:
        if self.path[-1] == "t" and not self._hidden_run:
            self._flow.write(text)

    def enough(self) -> bool:
        return self._flow.full()

    def _begin(self, name: str) -> None:
        if name == "p":
            self._flow.start_paragraph()
        elif name == "tc":
            self._flow.start_cell()
        elif name == "tr":
            self._flow.start_row()

    def _alternative(self, name: str) -> bool:
        """Whether this is the one alternative to read: the same box stands in each, once for every age of Word."""
        if name == "AlternateContent":
            self._chosen.append(False)
        elif self._chosen and self._chosen[-1]:
            return False
        elif self._chosen:
            self._chosen[-1] = True
        return True
