"""Where bytes rest: under DATA_DIR/media, named by the hash of their content, durable before anybody is told."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Store bytes and return their name under media/; when it returns, a power cut no longer loses them.

    The same bytes stored twice are one file. Raises OSError when the disk cannot take them.
    """
    digest = hashlib.sha256(content).hexdigest()
    name = f"{digest[:2]}/{digest}"
    path = Path(settings.MEDIA_ROOT) / name
    if path.exists():
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, spool = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(spool).rename(path)
    except BaseException:
        Path(spool).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync(folder)
    return name


def path_of(name: str) -> Path:
    """Return where a stored name lies; raises ValueError for a name that this module did not make."""
    if not (len(name) == 67 and name[2] == "/" and name[:2] == name[3:5] and name[3:].isalnum()):
        raise ValueError("not a stored name")
    return Path(settings.MEDIA_ROOT) / name


def read(name: str) -> bytes:
    """Return the bytes under a name. Raises FileNotFoundError where they are gone."""
    return path_of(name).read_bytes()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
