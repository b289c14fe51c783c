"""Reading an attached document."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from submissions.intake.documents.document import Document
from submissions.intake.documents.kinds import is_sealed, kind_of
from submissions.intake.documents.process import SECONDS, run

if TYPE_CHECKING:
    from submissions.intake.arrival import File

MOST_BYTES = 40_000_000
"""No mail that the house takes holds a larger file."""

_known: "WeakKeyDictionary[File, Document]" = WeakKeyDictionary()
"""What was read of a file, for as long as the file itself is held: it is asked for more than once."""


def read_document(file: "File", seconds: float = SECONDS) -> Document | None:
    """Return what a document says, None for a file of no kind that we read. Never raises, whatever the bytes are.

    A process of its own reads it, and is killed when it takes more than `seconds` or too much memory.
    """
    if is_sealed(file):
        return Document(text="", problem="encrypted")
    kind = kind_of(file)
    if not kind:
        return None
    if file not in _known and seconds > 0:
        _known[file] = _read(kind, file.content, seconds)
    return _known.get(file) or Document(text="", problem="out_of_time")


def _read(kind: str, content: bytes, seconds: float) -> Document:
    if len(content) > MOST_BYTES:
        return Document(text="", problem="too_large")
    return run(kind, content, seconds)
