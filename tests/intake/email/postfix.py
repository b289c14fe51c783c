"""A real Postfix as docs/operations.md sets it up, with a queue of its own, on a free port of loopback."""

import os
import re
import shutil
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.engines import free_port, wait_for

MAIN = """
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
maillog_file = {base}/log
maillog_file_prefixes = {base}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.wyomingstar.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
local_header_rewrite_clients =
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
disable_dns_lookups = yes
smtpd_client_connection_count_limit = 0
mailbox_size_limit = 0
default_transport = error:nothing leaves this machine
queue_run_delay = 3s
minimal_backoff_time = 3s
maximal_backoff_time = 6s
"""
MASTER = """
{port}    inet  n - n - - smtpd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""
OPERATIONS = Path(__file__).resolve().parents[3] / "docs" / "operations.md"
_STATUS = re.compile(r" to=<[^>]*>.* status=(\w+) \((.*)\)$", re.MULTILINE)


def postfix_program() -> str | None:
    """Return where the program is; a user's PATH may lack the folder."""
    return shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def documented(line: str, **instead: str) -> str:
    """Return the block of docs/operations.md in which a comment line stands first, for the paper of the tests.

    `instead` names what is put in the place of some words of it.
    """
    block = next(block for block in OPERATIONS.read_text().split("```\n")[1::2] if line in block.splitlines()[:2])
    for words, others in instead.items():
        assert words in block
        block = block.replace(words, others)
    return block.replace("example.org", "wyomingstar.example")


def for_lmtp(port: int) -> str:
    """Return the documented main.cf for a daemon on a port."""
    return documented("# /etc/postfix/main.cf", **{"127.0.0.1:8024": f"127.0.0.1:{port}"})


class Postfix:
    """The server while it is entered, with further lines of main.cf and master.cf.

    Raises PermissionError unless it is run by root: Postfix needs several users.
    """

    def __init__(self, settings: str, service: str = "") -> None:
        self.program = postfix_program() or "postfix"
        if os.geteuid():
            raise PermissionError("Postfix can be started by root only")
        self.port = free_port()
        self.base = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.base.chmod(0o755)
        for name in ("etc", "queue", "data"):
            (self.base / name).mkdir()
        shutil.chown(self.base / "data", "postfix")
        (self.base / "etc" / "main.cf").write_text(MAIN.format(base=self.base) + settings)
        (self.base / "etc" / "master.cf").write_text(MASTER.format(port=f"127.0.0.1:{self.port}") + service)

    def __enter__(self) -> "Postfix":
        self.run("postfix", "start")
        wait_for(self.port)
        return self

    def __exit__(self, *_exit: object) -> None:
        self.run("postfix", "stop")
        shutil.rmtree(self.base, ignore_errors=True)

    def run(self, program: str, *args: str) -> str:
        """Run one of its programs on this instance; return what it prints. Raises CalledProcessError."""
        command = [str(Path(self.program).with_name(program)), "-c", str(self.base / "etc"), *args]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    def send(self, mails: Iterable[tuple[str, str, bytes]]) -> None:
        """Hand over mails, each a sender, a recipient and its bytes, over one connection."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as client:
            for sender, recipient, raw in mails:
                client.sendmail(sender, [recipient], raw, mail_options=["BODY=8BITMIME"])

    def flush(self) -> None:
        """Let it try at once what it has put off."""
        self.run("postqueue", "-f")

    def queued(self) -> int:
        """Return how many messages it holds."""
        return len(self.run("postqueue", "-j").splitlines())

    def log(self) -> str:
        """Return all that it has said."""
        path = self.base / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def told(self, status: str, words: str = "") -> int:
        """Return how many attempts at delivery ended in a status (sent, deferred, bounced), by some words of why."""
        return sum(found[1] == status and words in found[2] for found in _STATUS.finditer(self.log()))

    def empty(self, patience: float) -> bool:
        """Wait until it holds nothing more, pushing it; return False where for so many seconds nothing has left it."""
        least, until = self.queued(), time.monotonic() + patience
        while least:
            self.flush()
            time.sleep(0.5)
            if (held := self.queued()) < least:
                least, until = held, time.monotonic() + patience
            if time.monotonic() > until:
                return False
        return True
