"""The floor of the parsing benchmark: django-mailbox as it comes, one process, on SQLite with Mailbag's settings.

For each line on standard input, the path of a folder, it takes the messages in it, and answers with the seconds that
this took, by the clock and of computing.
"""

import email
import json
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

from benchmarks.talking import cpu_seconds


def databases() -> dict[str, dict[str, object]]:
    """Return Mailbag's own settings for SQLite with a file of the floor's own."""
    from newsroom.settings import database

    return {"default": database(f"sqlite:///{Path(os.environ['DATA_DIR']) / 'floor.sqlite3'}")}


settings.configure(
    SECRET_KEY=os.urandom(16).hex(),
    INSTALLED_APPS=["django_mailbox"],
    DATABASES=databases(),
    MEDIA_ROOT=Path(os.environ["DATA_DIR"]) / "floor",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()


def main() -> None:
    """Serve until standard input ends."""
    from django.core.management import call_command
    from django_mailbox.models import Mailbox

    call_command("migrate", verbosity=0)
    mailbox = Mailbox.objects.create(name="letters")
    print("ready", flush=True)
    for line in sys.stdin:
        started, cpu = time.perf_counter(), cpu_seconds()
        for path in sorted(Path(line.strip()).iterdir()):
            mailbox.process_incoming_message(email.message_from_bytes(path.read_bytes()))
        print(json.dumps([time.perf_counter() - started, cpu_seconds() - cpu]), flush=True)


if __name__ == "__main__":
    main()
