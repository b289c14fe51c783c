"""Files that come with a form: stopped while they stream in when too large, judged by their bytes afterwards."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import DatabaseError
from django.http import HttpRequest

from submissions.cleaning import one_line
from submissions.intake.filetypes import media_type
from submissions.intake.receive import File
from submissions.models import HousePolicy

NAMES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WebP",
    "application/pdf": "PDF",
    "text/plain": "plain text",
    "application/rtf": "RTF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
}


class Ceiling(FileUploadHandler):
    """Drops a file as soon as it is larger than the house policy takes, and remembers its name; the rest is read on.

    Nothing over the limit rests in memory or on the disk, and the text beside it is kept.
    """

    def __init__(self, policy: Callable[[], HousePolicy]) -> None:
        super().__init__()
        self.policy = policy
        self.dropped: list[str] = []
        self._total = 0
        self._limits: tuple[int, int] | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on to the handler that keeps them, or drop the file."""
        each, together = self._ceilings()
        self._total += len(raw_data)
        if start + len(raw_data) > each or self._total > together:
            self._total -= start + len(raw_data)
            self.dropped.append(safe_name(self.file_name or ""))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handler that kept it."""

    def _ceilings(self) -> tuple[int, int]:
        if self._limits is None:
            try:
                policy = self.policy()
            except (DatabaseError, HousePolicy.DoesNotExist):
                policy = HousePolicy()
            self._limits = policy.attachment_max_bytes, policy.message_max_bytes
        return self._limits


def too_large(request: HttpRequest) -> tuple[str, ...]:
    """Return the names of the files that were dropped while the request streamed in."""
    return tuple(
        name for handler in request.upload_handlers if isinstance(handler, Ceiling) for name in handler.dropped
    )


def judge(
    files: "Sequence[UploadedFile[Any]]", dropped: Sequence[str], policy: HousePolicy
) -> tuple[tuple[File, ...], list[str]]:
    """Return the files that may come in, and for each other one a sentence that names it and says what to do."""
    largest = size_text(policy.attachment_max_bytes)
    errors = [f"“{name}” is too large: {largest} at most. Send a smaller copy, or leave it out." for name in dropped]
    if len(files) + len(dropped) > policy.attachments_max:
        errors += [
            f"{len(files) + len(dropped)} files are too many: choose {policy.attachments_max} at most."
            if policy.attachments_max
            else "We take no files with this form."
        ]
        return (), errors
    taken = []
    for upload in files:
        file = _read(upload)
        if problem := _problem(file, policy):
            errors.append(problem)
        else:
            taken.append(file)
    return tuple(taken), errors


def kinds_text(types: Sequence[str]) -> str:
    """Return media types in plain words, such as "JPEG, PNG and PDF"."""
    names = list(dict.fromkeys(NAMES.get(kind, kind.rpartition("/")[2].upper()) for kind in types))
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def size_text(size: int) -> str:
    """Return a number of bytes as people say it, such as "10 MB"."""
    return f"{size / 1e6:.3g} MB" if size >= 1e6 else f"{size / 1e3:.3g} kB"


def safe_name(name: str) -> str:
    """Return a file's name as it may be shown and stored."""
    return one_line(name, 255) or "a file without a name"


def _read(upload: "UploadedFile[Any]") -> File:
    content: Any = upload.read()
    return File(name=safe_name(upload.name or ""), content=content, media_type=media_type(content))


def _problem(file: File, policy: HousePolicy) -> str:
    if not file.content:
        return f"“{file.name}” is empty. Choose it again, or leave it out."
    if len(file.content) > policy.attachment_max_bytes:
        return f"“{file.name}” is too large: {size_text(policy.attachment_max_bytes)} at most."
    if file.media_type not in policy.attachment_types:
        return f"“{file.name}” is not a kind of file that we can open. We take {kinds_text(policy.attachment_types)}."
    return ""
