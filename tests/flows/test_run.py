"""`make run` as a person meets it: it says where it is, one Ctrl-C ends all of it, and it says what is in its way."""

import fcntl
import os
import pty
import re
import shutil
import signal
import subprocess
import termios
import time
import urllib.request
from contextlib import closing, suppress

import pytest

from newsroom import start
from tests.engines import free_port
from tests.flows.processes import ROOT, eventually, running

pytestmark = pytest.mark.protocol


def take_terminal():
    """Make the terminal that we were given the one whose Ctrl-C we hear."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """`make run` in a terminal of its own."""

    def __init__(self, folder):
        self.folder, self.port, self.mail_port = folder, free_port(), free_port()
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        mail = {"LMTP_LISTEN": f"127.0.0.1:{self.mail_port}"}
        self.env = {**kept, **mail, "DATA_DIR": str(folder), "PORT": str(self.port)}
        self.keyboard, screen = pty.openpty()
        os.set_blocking(self.keyboard, False)
        self.process = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=self.env, stdin=screen, stdout=screen, stderr=screen, start_new_session=True,
            preexec_fn=take_terminal,
        )  # fmt: skip
        os.close(screen)
        self.said = ""

    def read(self):
        with suppress(OSError):
            while said := os.read(self.keyboard, 65_536):
                self.said += said.decode(errors="replace")
        return self.said

    def serves(self):
        self.read()
        with suppress(OSError), urllib.request.urlopen(f"http://localhost:{self.port}/") as page:
            return page.status == 200
        return False

    def has_ended(self):
        self.read()
        return self.process.poll() is not None


@pytest.fixture
def terminal(tmp_path):
    if not shutil.which("make"):
        pytest.skip("make is missing")
    opened = []

    def start_run():
        opened.append(Terminal(tmp_path))
        return opened[-1]

    yield start_run
    for each in opened:
        if each.process.poll() is None:
            os.killpg(each.process.pid, signal.SIGKILL)
        os.close(each.keyboard)


def test_run_says_where_it_is_and_one_ctrl_c_ends_all_of_it(terminal, tmp_path):
    first = terminal()
    eventually(120, first.serves)
    site = f"http://localhost:{first.port}"
    for said in (site, f"{site}/admin/", f"127.0.0.1:{first.mail_port}", str(tmp_path / "outbox"), "Ctrl-C"):
        assert said in first.said
    assert len(set(re.findall(r"gunicorn|celery|manage.py lmtp|honcho", " ".join(running(tmp_path))))) == 4

    os.write(first.keyboard, b"\x03")

    eventually(20, first.has_ended)
    assert running(tmp_path) == []
    assert re.findall(r"Traceback|SIGKILL", first.said) == []

    began = time.monotonic()
    second = terminal()
    eventually(30, second.serves)
    assert time.monotonic() - began < (10 if not os.environ.get("COVERAGE_FILE") else 30)
    second.process.terminate()
    eventually(20, second.has_ended)
    assert running(tmp_path) == []


def test_taken_port_is_named_with_its_remedy():
    with closing(start.socket.socket()) as web, closing(start.socket.socket()) as mail:
        for listener in (web, mail):
            listener.bind(("127.0.0.1", 0))
            listener.listen()
        port, mail_port = web.getsockname()[1], mail.getsockname()[1]
        assert start.taken_ports(port, f"127.0.0.1:{mail_port}") == [
            f"Port {port} is taken by another program. Stop that program, or use another port:",
            f"    PORT={port + 1} make run",
            f"Port {mail_port} (for mail) is taken by another program. Stop that program, or use another port:",
            f"    LMTP_LISTEN=127.0.0.1:{mail_port + 1} make run",
        ]
    assert start.taken_ports(port, f"127.0.0.1:{mail_port}") == []


def test_run_with_a_taken_port_says_so_and_starts_nothing(terminal, tmp_path):
    with closing(start.socket.socket()) as web:
        web.bind(("127.0.0.1", 0))
        web.listen()
        env_port = web.getsockname()[1]
        told = subprocess.run(
            ["make", "run"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(env_port)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert told.returncode != 0
    assert f"Port {env_port} is taken" in told.stderr
    assert f"PORT={env_port + 1} make run" in told.stderr
    assert not (tmp_path / "mailbag.sqlite3").exists()
