"""Rich Text Format (Microsoft's RTF specification 1.9.1)."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from submissions.intake.documents.document import Document
from submissions.intake.documents.flow import joined

_PICTURE = re.compile(rb"[0-9A-Fa-f\r\n]{512,}")
"""Pictures are rows of hex digits, and most of a large file."""
_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}]+|\\", re.DOTALL)
_WRITES = {"u", "par", "line", "tab", "sect", "page", "emdash", "endash", "bullet"} | {
    "lquote", "rquote", "ldblquote", "rdblquote", "emspace", "enspace", "qmspace"
}  # fmt: skip
_UNSEEN = {"deleted", "v"}
"""What makes text no part of the accepted, printed one: a tracked deletion, and hidden text."""
_SAID_OTHERWISE = {"cell": "\\tab ", "nestcell": "\\tab ", "fldinst": "\\fldtype "}
"""Cells are parted by tabs. An instruction is left out under either name, but in the first the library searches links,
from each field to the end of the line.
"""
_COMMENT = "\\*\\annotation"


def read(content: bytes) -> Document:
    """Read the text of a document. A change that was tracked in several runs counts once a run, as the file has it."""
    source = _PICTURE.sub(b"", content).decode("cp1252", "replace")
    changes = [0]
    seen = "".join(_accepted(source, changes))
    text = rtf_to_text(seen, errors="replace")
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Document(text=joined(whole.split("\n")), tracked_changes=changes[0], comments=source.count(_COMMENT))


def _accepted(source: str, changes: list[int]) -> Iterator[str]:
    """Yield the source without the text that is not to be seen. Counts the changes."""
    unseen, around = False, []
    for token in _TOKEN.finditer(source):
        word, number = token[1], token[2]
        if token[0] == "{":
            around.append(unseen)
        elif token[0] == "}":
            unseen = around.pop() if around else False
        elif word in _UNSEEN:
            unseen = number != "0"
        elif word == "plain":
            unseen = False
        changes[0] += word in ("revised", "deleted") and number != "0"
        if not unseen or token[0] in "{}" or (word and word not in _WRITES):
            yield _SAID_OTHERWISE.get(word, token[0])
