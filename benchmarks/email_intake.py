"""How many messages a second are answered with 250, against an aiosmtpd sink that writes a file with fsync.

Both servers run in processes of their own; 8 connections deliver messages of 2 to 200 KB, now to one, now to the other.
Prints one line of JSON. DATABASE_URL is honoured (default: a fresh SQLite file).
"""

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 8
RECIPIENT = "letters@wyomingstar.example"


class Sink:
    """The floor: one file a message, fsync, 250."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 aiosmtpd's spelling
        """Write the message."""
        self.count += 1
        with (self.folder / f"{self.count}.eml").open("wb") as file:
            file.write(envelope.content)
            file.flush()
            os.fsync(file.fileno())
        return "250 OK"


async def sink(port: int, folder: Path) -> None:
    """Serve the floor until killed."""
    handler = Sink(folder)
    await asyncio.get_running_loop().create_server(lambda: SMTP(handler), "127.0.0.1", port)
    await asyncio.Event().wait()


def messages(count: int) -> list[bytes]:
    """Return messages of 2 to 200 KB, small ones more often, as they go over the wire; always the same ones."""
    chance = random.Random(2)
    made = []
    for number in range(count):
        size = int(2_000 * 100 ** chance.random())
        line = bytes(chance.choices(b"abcdefghijklmnop     ", k=70)) + b"\r\n"
        sender, subject = f"From: reader{number}@example.org\r\n", f"Subject: letter {number}\r\n"
        header = f"{sender}{subject}Message-ID: <{number}@example.org>\r\n\r\n"
        made.append(header.encode() + line * (size // 72) + b".\r\n")
    return made


def deliver(port: int, batch: list[bytes]) -> float:
    """Deliver messages over all connections; return the seconds that it took."""
    waiting = iter(batch)
    lock = threading.Lock()
    threads = [threading.Thread(target=_client, args=(port, waiting, lock)) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def _client(port: int, waiting: Iterator[bytes], lock: threading.Lock) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as replies:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _expect(replies, b"220")
        _say(connection, replies, b"EHLO bench\r\n", b"250")
        while True:
            with lock:
                message = next(waiting, None)
            if message is None:
                return
            _say(connection, replies, b"MAIL FROM:<reader@example.org>\r\n", b"250")
            _say(connection, replies, f"RCPT TO:<{RECIPIENT}>\r\n".encode(), b"250")
            _say(connection, replies, b"DATA\r\n", b"354")
            _say(connection, replies, message, b"250")


def _say(connection: socket.socket, replies: Any, words: bytes, code: bytes) -> None:
    connection.sendall(words)
    _expect(replies, code)


def _expect(replies: Any, code: bytes) -> None:
    line = replies.readline()
    while line[3:4] == b"-":
        line = replies.readline()
    if not line.startswith(code):
        raise RuntimeError(f"expected {code!r}, got {line!r}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def spend(rounds: int, each: int) -> tuple[float, float]:
    """Return the seconds that the floor and we took for so many rounds, after one that does not count."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
        mails = Path(folder, "sink")
        mails.mkdir()
        floor, we = _free_port(), _free_port()
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)
        ours = [*manage, "lmtp", "--listen", f"127.0.0.1:{we}"]
        theirs = [sys.executable, __file__, "--sink", str(floor), str(mails)]
        with _running(theirs, floor, env), _running(ours, we, env):
            spent = {floor: 0.0, we: 0.0}
            batch = messages(each)
            for count in range(rounds + 1):
                for port in (floor, we):
                    seconds = deliver(port, batch)
                    spent[port] += seconds if count else 0
    return spent[floor], spent[we]


def measure(rounds: int, each: int) -> dict[str, object]:
    """Return the rates and their ratio."""
    floor, we = spend(rounds, each)
    sent = rounds * each
    return {
        "workload": "email over LMTP, 250s",
        "connections": CONNECTIONS,
        "messages": sent,
        "floor": "aiosmtpd, a file with fsync",
        "floor_per_second": round(sent / floor, 1),
        "per_second": round(sent / we, 1),
        "ratio": round(floor / we, 2),
        "database": os.environ.get("DATABASE_URL", "sqlite").partition(":")[0],
    }


def main() -> None:
    """Measure, or be the sink."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=200, help="in a round")
    parser.add_argument("--sink", nargs=2, metavar=("PORT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sink:
        asyncio.run(sink(int(options.sink[0]), Path(options.sink[1])))
        return
    print(json.dumps(measure(options.rounds, options.messages)))


if __name__ == "__main__":
    main()
