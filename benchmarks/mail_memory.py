"""How much memory large mails take: the peak (VmHWM) of a real `manage.py lmtp`, and of a real worker that reads them.

Delivers messages of 49 MB over SMTP on loopback, one and then four at once, and one of 68 MB, which must get 552.
Prints one line of JSON. Linux only (reads /proc).
"""

import base64
import json
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.memory import family
from benchmarks.talking import ROOT
from tests.engines import free_port, wait_for
from tests.house import open_house

SIZE, TOO_LARGE = 49_000_000, 68_000_000
RECIPIENT = "letters@wyomingstar.example"
LIMITS_MB = {"daemon": 250, "daemon_four_at_once": 400, "reader": 600}
READ_SECONDS = 120.0
_HEAD = b"From: Reader <reader@example.org>\r\nSubject: Large\r\nMIME-Version: 1.0\r\nMessage-ID: <%d@example.org>\r\n"


def photo(size: int) -> bytes:
    """Return a short letter with a large picture, as mail programs send it."""
    picture = base64.encodebytes(b"\xff\xd8\xff\xe0" + os.urandom(size * 100 // 137)).replace(b"\n", b"\r\n")
    types = b"Content-Type: image/jpeg; name=bridge.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nKeep the bridge open.\r\n--b\r\n'
        + types
        + picture
        + b"--b--\r\n"
    )


def lines(size: int) -> bytes:
    """Return a text of short lines."""
    return b"Content-Type: text/plain\r\n\r\n" + b"Keep the footbridge open, please.\r\n" * (size // 35)


def forward(size: int) -> bytes:
    """Return a message within a message, which has a large picture."""
    return b"Content-Type: message/rfc822\r\n\r\nFrom: Author <author@example.net>\r\n" + photo(size)


SHAPES: dict[str, Callable[[int], bytes]] = {"photo": photo, "lines": lines, "forward": forward}


def large(shape: str, size: int, number: int) -> bytes:
    """Return a message of about `size` bytes, and never more."""
    return _HEAD % number + SHAPES[shape](size - 2000)


def deliver(port: int, raw: bytes) -> str:
    """Send a message over SMTP; return what was answered, "250" where it was taken."""
    with smtplib.SMTP("127.0.0.1", port, timeout=120) as client:
        client.ehlo()
        client.mail("reader@example.org")
        client.rcpt(RECIPIENT)
        client.docmd("DATA")
        client.send(raw + b".\r\n")
        code, words = client.getreply()
        return str(code) if code == 250 else f"{code} {words.decode()}"


def peak_mb(pid: int) -> float:
    """Return the most memory that a process has had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


@contextmanager
def daemon(folder: str) -> Iterator[tuple[int, int]]:
    """Run the real daemon; yield its process and port."""
    port = free_port()
    with running([sys.executable, "manage.py", "lmtp", "--listen", f"127.0.0.1:{port}"], folder) as process:
        wait_for(port)
        yield process, port


@contextmanager
def running(command: list[str], folder: str) -> Iterator[int]:
    """Run a command with DATA_DIR in a folder; yield its process."""
    env = os.environ | {"DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=quiet, stderr=quiet)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def at_once(port: int, raws: list[bytes]) -> None:
    """Deliver messages over connections of their own, all at the same time. Raises RuntimeError for one not taken."""
    with ThreadPoolExecutor(len(raws)) as threads:
        replies = set(threads.map(partial(deliver, port), raws))
    if replies != {"250"}:
        raise RuntimeError(f"four at once: {replies}")


def read_peak(folder: str, shape: str) -> float:
    """Let a fresh worker read what waits; return the highest peak of its processes in MB. Raises RuntimeError."""
    from submissions.models import Outcome, RawMessage

    with running([sys.executable, "-m", "celery", "-A", "newsroom", "worker", "-c", "1"], folder) as worker:
        until = time.monotonic() + READ_SECONDS
        while RawMessage.objects.awaiting_parse().exists():
            if time.monotonic() > until:
                raise RuntimeError(f"{shape}: not read")
            time.sleep(0.2)
        peak = max(map(peak_mb, family(worker)))
    outcome = RawMessage.objects.latest("pk").outcome
    if outcome != Outcome.SUBMISSION:
        raise RuntimeError(f"{shape}: {outcome}")
    return peak


def measure() -> dict[str, object]:
    """Return the peaks, and whether they are within the limits."""
    peaks: dict[str, float] = {}
    readers: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="mailbag-memory-") as folder:
        open_house(folder)
        with daemon(folder) as (process, port):
            for number, shape in enumerate(SHAPES):
                deliver(port, large(shape, SIZE, number))
                readers[shape] = read_peak(folder, shape)
            refused = deliver(port, large("photo", TOO_LARGE, 9))
            peaks["daemon"] = peak_mb(process)
        with daemon(folder) as (process, port):
            at_once(port, [large("photo", SIZE, number) for number in range(10, 14)])
            peaks["daemon_four_at_once"] = peak_mb(process)
    peaks["reader"] = max(readers.values())
    return {
        "workload": "mails of 49 MB (VmHWM)",
        **{f"{name}_mb": round(peak, 1) for name, peak in peaks.items()},
        "limits_mb": LIMITS_MB,
        "reader_by_shape": {shape: round(peak, 1) for shape, peak in readers.items()},
        "of_68_mb": refused,
        "within": all(peaks[name] < limit for name, limit in LIMITS_MB.items()) and refused.startswith("552"),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
