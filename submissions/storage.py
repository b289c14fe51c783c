"""Where bytes rest: under DATA_DIR/media, named by the hash of their content, durable before anybody is told."""

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import IO

from django.conf import settings

SPOOL = ".spool-"
REMEMBERED = 1000

_durable: dict[Path, tuple[int, int]] = {}
"""Files whose names this process has made durable lately, with their inode and its last change: what is stored twice in
a moment is made so once, and a file that was removed and came back is another.
"""


def keep(content: bytes) -> str:
    """Store bytes and return their name under media/; when it returns, a power cut no longer loses them.

    The same bytes stored twice are one file. Raises OSError when the disk cannot take them.
    """
    digest = hashlib.sha256(content).hexdigest()
    name = _name(digest)
    path = Path(settings.MEDIA_ROOT) / name
    if path.exists():
        if _durable.get(path) != _mark(path):
            _sync_folders(name)
        return name
    spool = new_spool()
    try:
        spool.write(content)
        return adopt(spool, digest)
    finally:
        spool.close()
        Path(spool.name).unlink(missing_ok=True)


def new_spool() -> IO[bytes]:
    """Return an open file under media/ for bytes that arrive piece by piece; adopt() it, or close and unlink it."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=folder, prefix=SPOOL)
    os.close(handle)
    return Path(path).open("r+b")


def adopt(spool: IO[bytes], digest: str) -> str:
    """Keep a written spool file under the SHA-256 (hex) of its content, as durably as keep(); return its name."""
    name = _name(digest)
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    spool.flush()
    os.fsync(spool.fileno())
    Path(spool.name).rename(path)
    _sync_folders(name)
    return name


def forget_spools(older_than: float = 86_400) -> int:
    """Remove spool files that a killed process left behind, those unchanged for so many seconds; return how many."""
    count = 0
    for path in Path(settings.MEDIA_ROOT).glob(f"{SPOOL}*"):
        with contextlib.suppress(FileNotFoundError):  # it was adopted just now
            if path.stat().st_mtime < time.time() - older_than:
                path.unlink()
                count += 1
    return count


def path_of(name: str) -> Path:
    """Return where a stored name lies; raises ValueError for a name that this module did not make."""
    if not (len(name) == 67 and name[2] == "/" and name[:2] == name[3:5] and name[3:].isalnum()):
        raise ValueError("not a stored name")
    return Path(settings.MEDIA_ROOT) / name


def read(name: str) -> bytes:
    """Return the bytes under a name. Raises FileNotFoundError where they are gone."""
    return path_of(name).read_bytes()


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _sync_folders(name: str) -> None:
    """Make a file's name durable: also one that another process has only just given it."""
    path = Path(settings.MEDIA_ROOT) / name
    for folder in (path.parent, path.parent.parent):
        _sync(folder)
    _durable[path] = _mark(path)
    if len(_durable) > REMEMBERED:
        del _durable[next(iter(_durable))]


def _mark(path: Path) -> tuple[int, int]:
    """Return what tells a file from another of the same name; (0, 0) for one that is gone."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_ctime_ns


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
