"""A real Dovecot on a free port of loopback, its mail in Maildirs under a temporary folder."""

import getpass
import grp
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.engines import free_port, wait_for

PASSWORD = "se:cret/@ß"
CONFIG = """
protocols = imap
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
first_valid_uid = 0
first_valid_gid = 0
listen = 127.0.0.1
disable_plaintext_auth = no
mail_fsync = never
mail_max_userip_connections = 100
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap {{
  process_min_avail = 1
}}
"""
ROOTLESS = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
"""
PLAIN = "ssl = no\n"
TLS = "ssl = yes\nssl_cert = <{base}/cert.pem\nssl_key = <{base}/key.pem\n"


def need(program: str, remedy: str) -> str:
    """Return a program's path; without it the test is skipped, but fails where everything must be tested."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"not installed: {program} ({remedy})")
    return found


def owner() -> tuple[int, int]:
    """Return whose the mail is: ours, but Dovecot reads none as root."""
    nobody = pwd.getpwnam("nobody")
    return (os.getuid(), os.getgid()) if os.getuid() else (nobody.pw_uid, nobody.pw_gid)


class Mailbox:
    """The mailbox of one user, seen from behind: its files."""

    def __init__(self, home: Path, url: str, user: str) -> None:
        self.home, self.url, self.user = home, url, user
        self._delivered = 0
        self.folder_path("INBOX")

    def folder_path(self, name: str) -> Path:
        path = self.home / "Maildir" / ("" if name == "INBOX" else f".{name}")
        for sub in ("cur", "new", "tmp"):
            (path / sub).mkdir(parents=True, exist_ok=True)
        for made in (self.home, self.home / "Maildir", path, path / "cur", path / "new", path / "tmp"):
            os.chown(made, *owner())
        return path

    def deliver(self, *raws: bytes, folder: str = "INBOX") -> None:
        """Deliver messages as a mail server would, in this order."""
        path = self.folder_path(folder)
        for raw in raws:
            self._delivered += 1
            spool = path / "tmp" / f"{1_000_000 + self._delivered}.M{self._delivered}.test"
            spool.write_bytes(raw)
            os.chown(spool, *owner())
            spool.rename(path / "new" / spool.name)

    def files(self, folder: str = "INBOX") -> list[Path]:
        path = self.home / "Maildir" / ("" if folder == "INBOX" else f".{folder}")
        return sorted([*(path / "new").glob("*"), *(path / "cur").glob("*")])

    def messages(self, folder: str = "INBOX") -> list[bytes]:
        """The bytes of what lies in a folder."""
        return sorted(path.read_bytes() for path in self.files(folder))

    def flags(self, folder: str = "INBOX") -> str:
        """The flags of everything in a folder; S is \\Seen."""
        return "".join(path.name.partition(":2,")[2] for path in self.files(folder))

    def renumber(self, folder: str = "INBOX") -> None:
        """Lose the server's memory of a folder's UIDs, as a restored or rebuilt mailbox has."""
        path = self.folder_path(folder)
        for lost in [*path.glob("dovecot*")]:
            lost.unlink()
        (path / "dovecot-uidlist").write_text("3 V77777 N1 G0123456789abcdef0123456789abcdef\n")
        os.chown(path / "dovecot-uidlist", *owner())


class Dovecot:
    """The server; `more` is further configuration."""

    def __init__(self, more: str = "", *, tls: bool = False) -> None:
        self.program = need("dovecot", "apt install dovecot-imapd")
        self.base = Path(tempfile.mkdtemp(prefix="dovecot-"))  # short: its sockets' names have a limit
        self.port, self.tls_port = free_port(), free_port() if tls else 0
        self._users = 0
        group = grp.getgrgid(os.getgid()).gr_name
        uid, gid = owner()
        fields = {
            "base": self.base, "user": getpass.getuser(), "group": group, "uid": uid, "gid": gid,
            "port": self.port, "tls_port": self.tls_port, "password": PASSWORD,
        }  # fmt: skip
        if tls:
            self._make_certificate()
        self.base.chmod(0o755)  # as root, its processes are other users
        rootless = ROOTLESS if os.getuid() else ""
        config = (CONFIG + rootless + (TLS if tls else PLAIN)).format(**fields) + more
        (self.base / "dovecot.conf").write_text(config)
        self.start()

    def start(self) -> None:
        command = [self.program, "-F", "-c", str(self.base / "dovecot.conf")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self) -> None:
        """End it and every connection."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def close(self) -> None:
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def mailbox(self, user: str = "") -> Mailbox:
        """A new mailbox."""
        self._users += 1
        user = user or f"letters{self._users}@wyomingstar.example"
        url = f"imap://{quote(user)}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}"
        return Mailbox(self.base / "home" / user, url, user)

    def _make_certificate(self) -> None:
        openssl = need("openssl", "apt install openssl")
        command = [
            openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", str(self.base / "key.pem"), "-out", str(self.base / "cert.pem"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
