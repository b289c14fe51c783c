"""The house's real processes, as the Procfile starts them, on the test's own database and folder."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.engines import free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent


def database_url() -> str:
    """Return the DATABASE_URL of the database that this test has."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(config['NAME']))}"
    host = config["HOST"] or config["OPTIONS"].get("host", "")
    return f"postgres://{config['USER']}@/{config['NAME']}?host={quote(host)}"


def running(folder: Path) -> list[str]:
    """Return the command lines of all processes that were started with a DATA_DIR."""
    mark = f"DATA_DIR={folder}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (path / "environ").read_bytes().split(b"\0"):
                found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it has ended, or is not ours to look at
            continue
    return [line for line in found if line]


def collected_statics(folder: Path) -> Path:
    """Return the collected static files; collected once a run, beside the tests' folders."""
    kept = folder.parent / "collected"
    if not kept.exists():
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "DATA_DIR": str(kept)}, check=True)
    return kept / "static"


class House:
    """The processes of one test; each has a session of its own, so that its whole family can be ended."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder, self.port, self.mail_port = folder, free_port(), free_port()
        self.site = f"http://localhost:{self.port}"
        self.env = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url(),
            "PORT": str(self.port),
            "LMTP_LISTEN": f"127.0.0.1:{self.mail_port}",
            "SITE_URL": self.site,
            "PYTHON": sys.executable,
            **env,
        }
        self.commands = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Start processes of the Procfile, and wait until those that listen do."""
        if "web" in names:
            (self.folder / "static").symlink_to(collected_statics(self.folder))
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    ["/bin/sh", "-c", self.commands[name]],
                    cwd=ROOT,
                    env=self.env,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        for name, port in (("web", self.port), ("lmtp", self.mail_port)):
            if name in names:
                wait_for(port, 30)

    def kill(self, name: str) -> None:
        """End a process and its children at once, with SIGKILL."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all processes as an operator would; those that do not within ten seconds are killed."""
        for process in self.processes.values():
            process.terminate()
        for name, process in list(self.processes.items()):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill(name)
        self.processes.clear()

    def log(self, name: str) -> str:
        """Return what a process has said."""
        return (self.folder / f"{name}.log").read_text()


def eventually(seconds: float, holds: object, *, every: float = 0.1) -> float:
    """Wait until a condition holds; return after how many seconds it did. Raises AssertionError where it never does."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if holds():  # type: ignore[operator]
            return time.monotonic() - started
        time.sleep(every)
    raise AssertionError(f"still not so after {seconds} seconds")
