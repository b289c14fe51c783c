"""What `make run` does: lay the house ready, say where it is, and hand over to honcho, which starts the Procfile."""

import hashlib
import os
import socket
import sys
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

HONCHO = "from honcho import command, manager; manager.KILL_WAIT = 15; command.main()"
"""honcho with patience: Celery's pool takes about seven seconds to close, and honcho kills after five."""
PROCESSES = ("web", "lmtp", "worker")


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def taken_ports(port: int, lmtp: str) -> list[str]:
    """Return what to tell about each port that another program holds; empty if both are free."""
    told = []
    if not port_is_free("127.0.0.1", port):
        told.append(f"Port {port} is taken by another program. Stop that program, or use another port:")
        told.append(f"    PORT={port + 1} make run")
    host, _, mail_port = lmtp.rpartition(":")
    if not port_is_free(host.strip("[]"), int(mail_port)):
        told.append(f"Port {mail_port} (for mail) is taken by another program. Stop that program, or use another port:")
        told.append(f"    LMTP_LISTEN={host}:{int(mail_port) + 1} make run")
    return told


def collect_statics() -> None:
    """Collect the static files, unless none has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    seen = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            seen.update(f"{path} {path.stat().st_mtime_ns}\n".encode())
    stamp = root / "collected"
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(seen.hexdigest())


def where() -> str:
    """Return the lines that tell where everything is."""
    return (
        f"\n    Mailbag is at  {settings.SITE_URL}"
        f"\n    The desk       {settings.SITE_URL}/admin/"
        f"\n    Mail comes in  {settings.LMTP_LISTEN} (LMTP)"
        f"{' and the mailbox of IMAP_URL' if settings.IMAP_URL else ''}"
        f"\n    Mail goes out  {'as files in ' + str(settings.OUTBOX_DIR) if outbox_is_files() else 'by SMTP'}"
        "\n    Stop it with   Ctrl-C\n"
    )


def processes() -> tuple[str, ...]:
    """Return the processes of the Procfile that are wanted: a mailbox is read only where one is set."""
    return (*PROCESSES, "imap") if settings.IMAP_URL else PROCESSES


def outbox_is_files() -> bool:
    """Whether mails are written to files rather than sent."""
    return settings.EMAIL_BACKEND.endswith("FileBackend")


def main() -> None:
    """Lay the house ready and become honcho."""
    port = int(os.environ.setdefault("PORT", "8000"))
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ.setdefault("PYTHON", sys.executable)
    told = taken_ports(port, settings.LMTP_LISTEN)
    if told:
        sys.exit("\n".join(told))
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    collect_statics()
    call_command("seed")
    print(where(), flush=True)  # noqa: T201 this is its output
    honcho = [sys.executable, "-c", HONCHO, "--env", os.devnull, "start", *processes()]
    os.execv(sys.executable, honcho)  # noqa: S606 ourselves


if __name__ == "__main__":
    main()
