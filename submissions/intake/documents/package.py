"""The XML within office documents: unpacked piece by piece and parsed as it comes, so that no bomb goes off."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from defusedxml.ElementTree import DefusedXMLParser

from submissions.intake.documents.document import Unread

MOST_MEMBERS = 5_000
MEMBER_BYTES = 20_000_000
"""Of one member, unpacked: a novel has a tenth of that."""
PIECE = 65_536
ENCRYPTED = 0x1
"""A member's flag (PKWARE APPNOTE 4.4.4)."""


class Elements:
    """What the parser tells its events to: keeps the path, and passes on only what lies in no element left out.

    No tree is built, nothing recurses: depth costs a name a level.
    """

    def __init__(self) -> None:
        self.path: list[str] = []
        self._left_out = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element; called by the parser."""
        self.path.append(_local(tag))
        if not self._left_out and not self.opened(self.path[-1], attributes):
            self._left_out = len(self.path)

    def end(self, _tag: str) -> None:
        """Take the end of an element; called by the parser."""
        if not self._left_out:
            self.closed(self.path[-1])
        elif self._left_out == len(self.path):
            self._left_out = 0
        self.path.pop()

    def data(self, text: str) -> None:
        """Take text; called by the parser."""
        if not self._left_out:
            self.text(text)

    def parent(self, generation: int = 1) -> str:
        """Return the name of the element around the innermost one, or around that; "" where there is none."""
        return self.path[-1 - generation] if len(self.path) > generation else ""

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Take an element by its local name; whether its content is read. One that is not is not closed either."""
        raise NotImplementedError

    def closed(self, name: str) -> None:
        """Take the end of an element that was read."""

    def text(self, text: str) -> None:
        """Take a piece of text in the innermost element."""

    def enough(self) -> bool:
        """Whether the rest need not be read."""
        return False


class Counter(Elements):
    """Counts elements of one local name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.count = 0

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Count it if it is one."""
        self.count += name == self._name
        return True


def open_package(content: bytes) -> zipfile.ZipFile:
    """Open a ZIP package. Raises BadZipFile and what else zipfile raises, Unread where it is too large."""
    package = zipfile.ZipFile(BytesIO(content))
    if len(package.infolist()) > MOST_MEMBERS:
        raise Unread("too_large")
    return package


def walk(package: zipfile.ZipFile, name: str, elements: Elements) -> None:
    """Tell a member's elements, until they are enough.

    Raises KeyError for a member that is not there, Unread for one that is locked or larger than MEMBER_BYTES, and
    ParseError or DefusedXmlException for what is no XML or declares a document type.
    """
    if package.getinfo(name).flag_bits & ENCRYPTED:
        raise Unread("encrypted")
    parser, size = DefusedXMLParser(target=elements, forbid_dtd=True), 0
    with package.open(name) as member:
        while piece := member.read(PIECE):
            size += len(piece)
            if size > MEMBER_BYTES:
                raise Unread("too_large")
            parser.feed(piece)
            if elements.enough():
                return
    parser.close()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
