"""How many letters a second the web form takes, against a Django view with one ModelForm and one INSERT.

That floor runs twice: as Django comes (a connection for each request: the ratio), and with connections kept, as Mailbag
keeps them (the ratio to the kept floor). All run under gunicorn with 2 workers of 8 threads; 16 clients post the same
requests to each in turn. Prints one line of JSON. DATABASE_URL is honoured (default: fresh SQLite, synchronous=FULL).
"""

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENTS, WORKERS, THREADS = 16, 2, 8
TARGET = 0.4
BODY = "The footbridge over the tracks was closed without a word to those who walk it every day. " * 14
HOUSE = """
from submissions.models import HousePolicy, Paper
Paper.objects.create(pk=1, name="Wyoming Star", reply_address="letters@wyomingstar.example")
HousePolicy.objects.create(kind="letter", number=1, terms="My own work.", posts_per_hour=32_767, minimum_fill_seconds=0)
"""


class Post:
    """One client's requests: the same form, filled in anew each time."""

    def __init__(self, cookie: str, hidden: dict[str, str], client: str) -> None:
        self.headers = {"Content-Type": "multipart/form-data; boundary=edge", "Cookie": cookie}
        self.hidden, self.client, self.sent = hidden, client, 0

    def next(self) -> bytes:
        """Return the next request's body: another letter under another key."""
        self.sent += 1
        letter = f"{self.client}-{self.sent}"
        typed = {"key": letter, "name": "W. Prairie", "email": f"{letter}@example.org", "city": "Laramie"}
        fields = {**self.hidden, **typed, "headline": letter, "body": BODY, "consent": "on"}
        parts = [
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        return ("".join(parts) + "--edge--\r\n").encode()


def opened(port: int) -> tuple[str, dict[str, str]]:
    """Open the form once, as a reader does; return the cookie and the hidden fields."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/submit/letter/")
    response = connection.getresponse()
    page, cookie = response.read().decode(), (response.headers["Set-Cookie"] or "").partition(";")[0]
    connection.close()
    wanted = ("csrfmiddlewaretoken", "started", "terms")
    return cookie, {name: _value(page, name) for name in wanted}


def _value(page: str, name: str) -> str:
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = tag and re.search(r'value="([^"]*)"', tag.group())
    return value.group(1) if value else ""


def clients(port: int, cookie: str, hidden: dict[str, str], seconds: float, run: str) -> float:
    """Let all clients post for some seconds; return letters taken a second. Any other answer than 303 ends the run."""
    taken: list[int] = []
    start = threading.Barrier(CLIENTS + 1)
    threads = [
        threading.Thread(target=_post, args=(port, Post(cookie, hidden, f"{run}-{n}"), seconds, start, taken))
        for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if len(taken) != CLIENTS:
        raise SystemExit("a client was refused: see above")
    return sum(taken) / (time.perf_counter() - began)


def _post(port: int, post: Post, seconds: float, start: threading.Barrier, taken: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start.wait()
    until, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < until:
        connection.request("POST", "/submit/letter/", post.next(), post.headers)
        response = connection.getresponse()
        response.read()
        if response.status != 303:
            raise SystemExit(f"answered {response.status}")
        count += 1
    connection.close()
    taken.append(count)


@contextmanager
def served(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """Serve an application under gunicorn for as long as the block lasts."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    command += ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "30"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _attempt in range(200):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def prepare(environment: dict[str, str]) -> None:
    """Make both databases."""
    for command in (["manage.py", "migrate", "--verbosity", "0"], ["manage.py", "collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", HOUSE], cwd=ROOT, env=environment, check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.web_floor"], cwd=ROOT, env=environment, check=True)


def measure(port: int, seconds: float, rounds: int, environment: dict[str, str]) -> dict[str, list[float]]:
    """Serve all and post to them in turn, after a round that does not count; return each one's rates."""
    rates: dict[str, list[float]] = {"floor": [], "kept_floor": [], "mailbag": []}
    floor = served("benchmarks.web_floor:application", port, environment)
    kept = served("benchmarks.web_floor:application", port + 2, {**environment, "FLOOR_KEEPS_CONNECTIONS": "1"})
    mailbag = served("newsroom.wsgi:application", port + 1, environment)
    with floor, kept, mailbag:
        cookie, hidden = opened(port + 1)
        for run in range(rounds + 1):
            for name, at in (("floor", port), ("kept_floor", port + 2), ("mailbag", port + 1)):
                rate = clients(at, cookie, hidden, seconds if run else 1, f"{name}{run}")
                if run:
                    rates[name].append(round(rate, 1))
    return rates


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6, help="of posting in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--port", type=int, default=8291, help="this one and the next two must be free")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailbag-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "LOG_LEVEL": "ERROR", "SECRET_KEY": os.urandom(16).hex()}
        prepare(environment)
        rates = measure(options.port, options.seconds, options.rounds, environment)
    floor, kept, mailbag = (statistics.median(rates[name]) for name in ("floor", "kept_floor", "mailbag"))
    found = {
        "benchmark": "web_submit",
        "engine": os.environ.get("DATABASE_URL", "sqlite").partition(":")[0],
        "clients": CLIENTS,
        "workers": WORKERS,
        "threads": THREADS,
        "floor_per_second": floor,
        "mailbag_per_second": mailbag,
        "ratio": round(mailbag / floor, 3),
        "ratio_to_kept_floor": round(mailbag / kept, 3),
        "target": TARGET,
        "rounds": rates,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
