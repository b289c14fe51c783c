"""What a reader typed, got back out of a request that could not be read the ordinary way."""

from email import message_from_bytes
from typing import IO
from urllib.parse import parse_qsl

from django.http import HttpRequest

KEEP = 6_000_000
"""So many bytes from the beginning of a request are kept, for the case that it cannot be read."""
OURS = {"csrfmiddlewaretoken", "key", "started", "terms", "website"}
"""Fields that the reader did not type."""


class Kept:
    """A request's stream that remembers its beginning."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._chunks: list[bytes] = []
        self._size = 0

    def read(self, size: int | None = None) -> bytes:
        """Read on, and remember."""
        return self._remember(self._stream.read() if size is None else self._stream.read(size))

    def readline(self, size: int | None = None) -> bytes:
        """Read a line, and remember it."""
        return self._remember(self._stream.readline() if size is None else self._stream.readline(size))

    def close(self) -> None:
        """Close the stream below; what was remembered stays."""
        self._stream.close()

    def beginning(self) -> bytes:
        """Return what was read so far and as much more as is kept."""
        while self._size < KEEP and self.read(65_536):
            pass
        return b"".join(self._chunks)[:KEEP]

    def _remember(self, chunk: bytes) -> bytes:
        if self._size < KEEP:
            self._chunks.append(chunk)
            self._size += len(chunk)
        return chunk


def keep_beginning(request: HttpRequest) -> Kept:
    """Put a stream that remembers in the place of the request's own."""
    kept = Kept(request._stream)
    request._stream = kept  # type: ignore[assignment]
    return kept


def fields_of(kept: Kept, content_type: str) -> dict[str, str]:
    """Return the text fields found in the beginning of a request. Never raises for what a request may hold."""
    beginning = kept.beginning()
    if content_type.startswith("multipart/form-data"):
        return dict(_parts(beginning, content_type))
    return dict(parse_qsl(beginning.decode("utf-8", "replace"), max_num_fields=None))


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the reader typed into a readable post, field by field; passwords are not given back."""
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, values in request.POST.lists()
        for value in values
        if value and name not in OURS and "password" not in name
    ]


def _parts(beginning: bytes, content_type: str) -> list[tuple[str, str]]:
    header = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
    message = message_from_bytes(header + beginning)
    parts = message.get_payload() if message.is_multipart() else []
    found = []
    for part in parts:
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        if isinstance(name, str) and not part.get_filename():  # type: ignore[union-attr]
            content = part.get_payload(decode=True)  # type: ignore[union-attr]
            found.append((name, content.decode("utf-8", "replace") if isinstance(content, bytes) else ""))
    return found
