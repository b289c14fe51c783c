"""Bytes on their way to disk: small messages in memory, large ones straight into a file, never several copies."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from submissions import storage

IN_ROW = 1_000_000
"""Up to this many bytes rest in the message's row; what is larger lies in a file."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The bytes of one message, durable if they lie in a file; its row makes the others durable."""

    size: int
    sha256: str
    data: bytes | None = None
    file: str | None = None


class Spool:
    """Takes a message piece by piece; finish() or discard() ends it."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()
        self._memory = bytearray()
        self._file: IO[bytes] | None = None

    def write(self, piece: bytes) -> None:
        """Take the next piece. Raises OSError when the disk is full."""
        self.size += len(piece)
        self._digest.update(piece)
        if self._file is None and self.size > IN_ROW:
            self._file = storage.new_spool()
            self._file.write(self._memory)
            self._memory = bytearray()
        if self._file is None:
            self._memory += piece
        else:
            self._file.write(piece)

    def finish(self) -> Contents:
        """Return what was taken; a large message is durable when this returns. Raises OSError."""
        sha256 = self._digest.hexdigest()
        if self._file is None:
            return Contents(size=self.size, sha256=sha256, data=bytes(self._memory))
        try:
            return Contents(size=self.size, sha256=sha256, file=storage.adopt(self._file, sha256))
        finally:
            self.discard()

    def discard(self) -> None:
        """Forget what was taken, on disk too; may be called at any time, any number of times."""
        self._memory = bytearray()
        if self._file is not None:
            file, self._file = self._file, None
            Path(file.name).unlink(missing_ok=True)
            file.close()


def contain(raw: bytes) -> Contents:
    """Return a whole message as contents. Raises OSError when the disk cannot take a large one."""
    spool = Spool()
    try:
        spool.write(raw)
        return spool.finish()
    finally:
        spool.discard()
