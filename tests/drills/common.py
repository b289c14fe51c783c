"""What drills share: a house on a small disk, its processes, and the judgement of what became of the mail."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.drills.mails import KEY, Mail
from tests.engines import wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = 10
APART = "MAILBAG_DRILL_APART"


class Broken(Exception):
    """The promise is broken, or could not be put to the proof; its text says how."""


def check(holds: object, words: str) -> None:
    """Raise Broken unless something holds."""
    if not holds:
        raise Broken(words)


def eventually(holds: Callable[[], object], seconds: float, words: str, *, every: float = 0.05) -> None:
    """Wait until something holds. Raises Broken where it does not in time."""
    until = time.monotonic() + seconds
    while not holds():
        check(time.monotonic() < until, f"after {seconds:.0f} s still not so: {words}")
        time.sleep(every)


def apart(module: str) -> None:
    """Go on in a mount namespace of our own: what is mounted there goes when we go, however we end. Needs root."""
    if os.environ.get(APART):
        return
    if os.geteuid() or not shutil.which("unshare"):
        sys.exit(f"{module} mounts a small disk to fill: run it as root, with unshare (apt install util-linux)")
    command = ["unshare", "--mount", "--propagation", "private", sys.executable, "-m", module, *sys.argv[1:]]
    os.environ[APART] = "yes"
    os.execvp(command[0], command)


def play(drills: Iterable[Callable[[], dict[str, Any]]]) -> None:
    """Run drills, print the figures of each as a line of JSON, and exit with 1 where one is broken."""
    broken = False
    for drill in drills:
        started = time.monotonic()
        try:
            figures = drill() | {"seconds": round(time.monotonic() - started, 1)}
            print(json.dumps(figures), flush=True)  # noqa: T201
        except Broken as error:
            print(f"broken: {error}", file=sys.stderr)  # noqa: T201
            broken = True
    sys.exit(broken)


class SmallDisk:
    """A file system of so many megabytes that can be filled to the last byte, and freed."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        folder.mkdir()
        self.folder, self._ballast = folder, folder / "ballast"
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", folder], check=True)

    def fill(self) -> None:
        """Leave no room at all."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (1_000_000, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        ballast.write(bytes(size))

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink()

    def unmount(self) -> None:
        """Let go of it; everything on it is lost."""
        subprocess.run(["umount", "--lazy", self.folder], check=True)


class House:
    """An installation with a policy and no mail yet, on a small disk; its processes are ended with it."""

    def __init__(self, megabytes: int = 600, **env: str) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="mailbag-postfix-"))
        self.base.chmod(0o755)
        self.disk = SmallDisk(self.base / "disk", megabytes)
        self.folder = self.disk.folder / "data"
        own = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "INTAKE_ADDRESSES", APART)
        self.env = {name: value for name, value in os.environ.items() if name not in own}
        self.env |= {"DATA_DIR": str(self.folder), "LOG_LEVEL": "ERROR", **env}
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "House":
        for command in (["migrate", "--verbosity", "0"], ["seed", "--no-demo"]):
            subprocess.run([*self.manage(), *command], cwd=ROOT, env=self.env, check=True, stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_exit: object) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        self.disk.unmount()
        shutil.rmtree(self.base, ignore_errors=True)

    def manage(self, *args: str) -> list[str]:
        """Return a command of manage.py."""
        return [sys.executable, "manage.py", *args]

    def start(self, *args: str, port: int = 0) -> subprocess.Popen[bytes]:
        """Start a command of manage.py; where it listens on a port, wait until it does."""
        with (self.base / f"{args[0]}.log").open("ab") as log:
            process = subprocess.Popen(self.manage(*args), cwd=ROOT, env=self.env, stdout=log, stderr=log)
        self.processes.append(process)
        if port:
            wait_for(port, 60)
        return process

    def fill_disk(self) -> None:
        """Leave no room on the disk, nor in the database's own files."""
        with self._database("rw") as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.disk.fill()

    def await_commit(self, seconds: float) -> None:
        """Return as soon as one more message is committed, or the time is over."""
        count = "SELECT count(*) FROM submissions_rawmessage"
        until = time.monotonic() + seconds
        with self._database("ro") as database:
            before = database.execute(count).fetchone()
            while database.execute(count).fetchone() == before and time.monotonic() < until:
                pass

    def _database(self, mode: str) -> contextlib.closing[sqlite3.Connection]:
        """Return our own way into it; as "ro" it does not even tidy up when it is the last to leave."""
        address = f"file:{self.folder / 'mailbag.sqlite3'}?mode={mode}"
        return contextlib.closing(sqlite3.connect(address, uri=True, timeout=20))

    def read(self, seconds: float = 240) -> None:
        """Read all that waits, as the worker does but without it. Django is set up on this house from here on."""
        import django

        for name in set(os.environ) - set(self.env):
            del os.environ[name]
        os.environ.update(self.env | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"})
        django.setup()
        from submissions.intake.tasks import intake
        from submissions.models import RawMessage

        until = time.monotonic() + seconds
        while waiting := RawMessage.objects.awaiting_parse().count():
            check(time.monotonic() < until, f"{waiting} messages still wait to be read after {seconds:.0f} s")
            intake()
            time.sleep(0.1)


def judge(mails: Iterable[Mail], as_sent: Callable[[Mail, Any, bytes], bool]) -> dict[str, int]:
    """Check that each mail is exactly one submission, and that each further delivery of it is linked to that one.

    `as_sent` says whether a row and its bytes are what was sent. Raises Broken. House.read() comes first.
    """
    from submissions.models import Outcome, Submission

    expected = {mail.key: mail for mail in mails}
    became: dict[str, int] = {}
    repeats: list[tuple[str, int]] = []
    for key, message, content in _messages():
        check(key in expected, f"message {message.pk} is none of those that were sent")
        check(as_sent(expected[key], message, content), f"mail {key} is not what was sent")
        if message.outcome == Outcome.DUPLICATE:
            repeats.append((key, message.submission_id))
            continue
        check(message.outcome == Outcome.SUBMISSION, f"mail {key} became {message.outcome}: {message.reason}")
        check(key not in became, f"mail {key} is two submissions")
        became[key] = message.submission_id
    lost = len(expected) - len(became)
    check(not lost, f"{lost} of {len(expected)} mails are lost")
    check(all(became[key] == submission for key, submission in repeats), "a repeat is linked to another mail")
    submissions = Submission.objects.count()
    check(
        submissions == len(set(became.values())) == len(expected),
        f"{len(expected)} mails became {submissions} submissions",
    )
    return {"messages": len(expected), "submissions": submissions, "repeats_linked": len(repeats)}


def _messages() -> Iterator[tuple[str, Any, bytes]]:
    from email.parser import BytesHeaderParser

    from submissions.intake.email.read import bytes_of
    from submissions.models import RawMessage

    for message in RawMessage.objects.order_by("pk").iterator(chunk_size=50):
        content = bytes_of(message)
        yield str(BytesHeaderParser().parsebytes(content[:20_000])[KEY]), message, content
