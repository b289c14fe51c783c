"""Our side of Postfix's transports: the daemon, or the processes that Postfix starts for each message."""

import os
import pwd
import random
import signal
import sys
import time
from pathlib import Path
from typing import Protocol

from tests.drills.common import ROOT, House, check, eventually
from tests.drills.reach import let_reach
from tests.intake.email.postfix import documented, for_lmtp

PATIENCE = 120.0
USER = "nobody"


class Side(Protocol):
    """What takes the mail."""

    settings: str
    service: str
    """Lines of main.cf and master.cf that lead here."""
    full: str
    """What Postfix notes where there is no room."""

    def kill(self, chance: random.Random, *, at_commit: bool) -> int:
        """Kill what takes mail, at any moment or right after a commit; return how many processes that were."""

    def stop(self) -> None:
        """End in good order. Raises Broken."""


class Daemon:
    """`manage.py lmtp`, which is started anew whenever it was killed."""

    service, full = "", "452 4.3.1"

    def __init__(self, house: House, port: int) -> None:
        self.settings = for_lmtp(port)
        self._house, self._port = house, port
        self._start()

    def kill(self, chance: random.Random, *, at_commit: bool) -> int:
        if at_commit:
            self._house.await_commit(10)
        else:
            time.sleep(chance.uniform(0, 0.5))
        self._process.kill()
        self._process.wait()
        self._start()
        return 1

    def stop(self) -> None:
        self._process.terminate()
        check(self._process.wait(30) == 0, "the daemon does not end in good order")

    def _start(self) -> None:
        self._process = self._house.start("lmtp", "--listen", f"127.0.0.1:{self._port}", port=self._port)


class Pipe:
    """The processes `manage.py ingest`, by the documented script, as a user who owns the data but is not root."""

    full = "Disk or database cannot take the message"

    def __init__(self, house: House) -> None:
        self._house = house
        self._mark = f"DATA_DIR={house.folder}".encode()
        script, env = house.base / "mailbag-ingest", house.base / "mailbag.env"
        env.write_text("".join(f"{name}={house.env[name]}\n" for name in ("DATA_DIR", "LOG_LEVEL")))
        places = {"/etc/mailbag.env": str(env), "/srv/mailbag": str(ROOT), ".venv/bin/python": sys.executable}
        script.write_text(documented("# /usr/local/bin/mailbag-ingest", **places))
        script.chmod(0o755)
        self.settings = for_lmtp(9) + documented("# /etc/postfix/main.cf, beside the lines above")
        mine = {"/usr/local/bin/mailbag-ingest": str(script), "user=mailbag": f"user={USER}"}
        self.service = documented("# /etc/postfix/master.cf", **mine)
        _give_to_user(house)

    def kill(self, chance: random.Random, *, at_commit: bool) -> int:
        while True:
            eventually(self._running, PATIENCE, "an ingest process runs")
            if at_commit:
                self._house.await_commit(10)
            else:
                time.sleep(chance.uniform(0, 1))
            running = self._running()
            killed = sum(_kill(pid) for pid in (running if at_commit else running[:1]))
            if killed:
                return killed

    def stop(self) -> None:
        eventually(lambda: not self._running(), PATIENCE, "the last ingest process ended")

    def _running(self) -> list[int]:
        """Return the processes that Postfix has started for us: our DATA_DIR is in their environment."""
        return [int(path.name) for path in Path("/proc").glob("[0-9]*") if self._is_ours(path)]

    def _is_ours(self, path: Path) -> bool:
        try:
            words, env = ((path / name).read_bytes().split(b"\0") for name in ("cmdline", "environ"))
        except OSError:  # it has ended
            return False
        return b"ingest" in words and self._mark in env


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _give_to_user(house: House) -> None:
    """Let the user have the data, and reach the code."""
    user = pwd.getpwnam(USER)
    for path in [house.folder, *house.folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid)
    let_reach(USER, Path(sys.base_prefix), Path(sys.prefix).resolve(), ROOT)
