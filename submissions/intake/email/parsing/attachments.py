"""The files of a message: every part that is not its text, named and typed so that they are safe to offer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from submissions.intake.arrival import File
from submissions.intake.email.parsing import unpack
from submissions.intake.email.parsing.labels import FORWARDED, WINMAIL, label_of
from submissions.intake.email.parsing.leaves import Branch, Leaf, leaves
from submissions.intake.email.parsing.names import safe_name
from submissions.intake.email.parsing.tnef import SIGNATURE
from submissions.intake.email.parsing.tree import DEEPEST, TOKEN, children, content_type_of, guarded
from submissions.intake.filetypes import PLAIN, UNKNOWN, media_type

MOST_PARTS = 200
MOST_BYTES = 100_000_000
"""Of all files of a message together, unpacked."""
_DECLARED = ("message/", "multipart/", "text/calendar", "application/pgp", "application/pkcs7", "application/x-pkcs7")
"""Types that no bytes give away: there the declaration counts."""
TNEF_TYPE = "application/ms-tnef"
_PLAIN_SIGNS = (
    (SIGNATURE, TNEF_TYPE),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
"""How the files begin that come every day: a look at every known type takes longer than the rest of the parse."""


@dataclass
class Files:
    """The files of a message, the text of a winmail.dat among them, and the limits that they went over."""

    kept: list[File] = field(default_factory=list)
    text: str = ""
    over: list[str] = field(default_factory=list)
    size: int = 0

    def keep(self, name: str, content: bytes, label: str, found: str) -> None:
        """Add a file, unless it is empty or one too many."""
        if not content:
            return
        if len(self.kept) >= MOST_PARTS:
            self.over.append("parts")
        elif self.size + len(content) > MOST_BYTES:
            self.over.append("size")
        else:
            self.size += len(content)
            safe = safe_name(name, found, len(self.kept) + 1)
            self.kept.append(File(name=safe, content=content, media_type=found, label=label))


def files_of(whole: Branch | Leaf) -> Files:
    """Return the files of a message: the first MOST_PARTS of at most MOST_BYTES are kept."""
    files = Files()
    for count, leaf in enumerate(leaves(whole)):
        if count == MOST_PARTS:
            files.over.append("parts")
        if files.over:
            break
        if leaf.is_body or leaf.is_unparsed:
            _keep_unpacked(files, unpack.from_text(leaf.in_text))
        else:
            _keep_part(files, leaf)
    return files


def _keep_part(files: Files, leaf: Leaf) -> None:
    content = leaf.content
    found = _type_of(content, leaf.content_type)
    label = label_of(leaf, content, found)
    files.keep(leaf.name or (f"{FORWARDED}.eml" if label == FORWARDED else ""), content, label, found)
    if found == TNEF_TYPE:
        winmail = unpack.from_winmail(content, WINMAIL)
        files.text = files.text or winmail.text
        _keep_unpacked(files, iter(winmail.files))


def _keep_unpacked(files: Files, found: Iterator[unpack.Unpacked]) -> None:
    for file in found:
        files.keep(file.name, file.content, file.label, _type_of(file.content, ""))


def _type_of(content: bytes, declared: str) -> str:
    for sign, known in _PLAIN_SIGNS:
        if content.startswith(sign):
            return known
    found = guarded(lambda: media_type(content), UNKNOWN)
    if found in (UNKNOWN, PLAIN) and declared.startswith(_DECLARED):
        return declared
    return found if TOKEN.fullmatch(found) else UNKNOWN


def nested_deeper(message: Message) -> bool:
    """Whether parts nest deeper than DEEPEST."""
    level = [message]
    for _ in range(DEEPEST):
        level = [child for part in level for child in children(part, content_type_of(part))]
    return bool(level)
