"""A way for another user to the interpreter and the code, where these lie in somebody's closed home folder.

Only in our own mount namespace: on the machine no permission changes.
"""

import stat
import subprocess
import tempfile
from pathlib import Path

from tests.drills.common import check


def let_reach(user: str, *paths: Path) -> None:
    """Put an open folder in the place of each that is closed to others, with only these paths in it."""
    for closed in dict.fromkeys(filter(None, map(_closed_above, paths))):
        _open(closed, [path for path in paths if closed in path.parents])
    command = ["setpriv", "--reuid", user, "--clear-groups", "test", "-r"]
    for path in paths:
        there = subprocess.run([*command, path], check=False).returncode == 0
        check(there, f"the user {user} cannot read {path}")


def _closed_above(path: Path) -> Path | None:
    return next((above for above in reversed(path.parents) if not above.stat().st_mode & stat.S_IXOTH), None)


def _open(closed: Path, paths: list[Path]) -> None:
    aside = Path(tempfile.mkdtemp(prefix="mailbag-postfix-"))
    _mount("--bind", closed, aside)
    _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", closed)
    for path in paths:
        path.mkdir(parents=True, exist_ok=True)
        _mount("--bind", aside / path.relative_to(closed), path)
    subprocess.run(["umount", aside], check=True)
    aside.rmdir()


def _mount(*words: str | Path) -> None:
    subprocess.run(["mount", *words], check=True)
