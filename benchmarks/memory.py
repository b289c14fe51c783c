"""How much memory an idle `make run` takes: the proportional set size (PSS) of all its processes, summed.

Starts the whole demo in a folder of its own, opens the pages that everybody opens, waits until it is idle, measures and
stops it. Prints one line of JSON. Linux only (reads /proc).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.engines import free_port, wait_for

LIMIT_MB = 450
IDLE_SECONDS = float(os.environ.get("IDLE_SECONDS", "45"))
PAGES = ["/", "/policy/", "/submit/letter/", "/opinion/", "/admin/login/"]


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        parents.setdefault(int(text.rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found = [pid]
    for known in found:
        found.extend(parents.get(known, []))
    return found


def pss_mb(pid: int) -> float:
    """Return a process's proportional set size in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def name(pid: int) -> str:
    """Return what a process is, in a word or two."""
    words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return next((word for word in ("gunicorn", "celery", "lmtp", "honcho") if word in words), "make")


def measure() -> dict[str, object]:
    """Start the house, let it idle, and return what each kind of process takes."""
    with tempfile.TemporaryDirectory(prefix="mailbag-memory-") as folder:
        port, mail = free_port(), free_port()
        env = {**os.environ, "DATA_DIR": folder, "PORT": str(port), "LMTP_LISTEN": f"127.0.0.1:{mail}"}
        command = ["make", "run"]
        house = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, 120)
            wait_for(mail, 30)
            for page in PAGES:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{page}").read()
            time.sleep(IDLE_SECONDS)
            taken: dict[str, float] = {}
            for pid in family(house.pid):
                taken[name(pid)] = taken.get(name(pid), 0) + pss_mb(pid)
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(30)
    total = round(sum(taken.values()), 1)
    return {
        "workload": "idle memory of make run (PSS)",
        "mb": total,
        "limit_mb": LIMIT_MB,
        "within": total < LIMIT_MB,
        "processes": {key: round(value, 1) for key, value in sorted(taken.items())},
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
    sys.exit(0)
