"""1,000 messages in a real Dovecot, the poller killed with -9 ten times: each becomes one submission, none is lost.

`python -m tests.drills.imap`, on SQLite in a temporary folder or on the (empty) database of DATABASE_URL. DRILL_SEED
repeats a drill's moments.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import django

from tests.intake.email.imap.dovecot import Dovecot, Mailbox

ROOT = Path(__file__).resolve().parent.parent.parent
MESSAGES, KILLS, LARGE_EVERY = 1000, 10, 100
TRIES = 20


def messages(chance: random.Random) -> list[bytes]:
    """Return distinct messages of 1 to 20 KB, and a few of 1.5 MB."""
    made = []
    for number in range(MESSAGES):
        size = 1_500_000 if number % LARGE_EVERY == 7 else chance.randrange(1000, 20_000)
        text = f"Letter number {number} about the footbridge.\r\n" + ("The river rises again. " * 3 + "\r\n") * (
            size // 70
        )
        header = (
            f"From: Reader {number} <reader{number}@example.org>\r\nTo: letters@wyomingstar.example\r\n"
            f"Subject: Letter {number}\r\nMessage-ID: <{number}@example.org>\r\n"
            f"Date: Mon, 05 Jan 2026 10:00:00 -0700\r\n\r\n"
        )
        made.append((header + text).encode())
    return made


def kill_once(mailbox: Mailbox, env: dict[str, str], seconds: float) -> tuple[int, int]:
    """Start the poller and kill it `seconds` after it is up; return what it had not taken, and not moved."""
    from submissions.models import ImapMessage, ImapState

    command = [sys.executable, "manage.py", "poll_imap"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()
    unmoved = ImapMessage.objects.filter(state=ImapState.ACCEPTED).count()
    return len(mailbox.files()) - unmoved, unmoved


def finish(env: dict[str, str]) -> int:
    """Let the poller do the rest; return how often it had to be started."""
    from submissions.models import ImapAccount

    command = [sys.executable, "manage.py", "poll_imap", "--once"]
    for tries in range(1, TRIES + 1):
        if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0:
            return tries
        time.sleep(1)
    raise AssertionError(f"the poller does not come to an end: {ImapAccount.objects.get().last_error}")


def read_all() -> None:
    """Let the reader read what waits."""
    from submissions.intake.tasks import intake
    from submissions.models import RawMessage

    while RawMessage.objects.awaiting_parse().exists():
        intake()


def verify(letters: list[bytes], mailbox: Mailbox) -> None:
    """Check that each message is there once, as bytes and as a submission, and was moved once."""
    from submissions.models import RawMessage, Submission

    wanted = Counter(sha256(letter).hexdigest() for letter in letters)
    assert Counter(RawMessage.objects.values_list("sha256", flat=True)) == wanted, "bytes lost or doubled"
    assert Counter(RawMessage.objects.values_list("outcome", flat=True)) == {"submission": len(letters)}
    assert len(set(RawMessage.objects.values_list("submission", flat=True))) == len(letters)
    assert Submission.objects.filter(messages__door="imap").count() == len(letters), "submissions lost or doubled"
    assert not mailbox.files(), "something was not moved"
    assert Counter(sha256(raw).hexdigest() for raw in mailbox.messages("Processed")) == wanted, "moved twice or lost"


def drill(server: Dovecot, chance: random.Random) -> dict[str, object]:
    """Deliver in ten parts, with a kill in each; then let all end well."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("seed", "--no-demo")
    mailbox, letters = server.mailbox(), messages(chance)
    env = {**os.environ, "IMAP_URL": mailbox.url}
    share = len(letters) // KILLS
    began, killed = time.monotonic(), []
    for start in range(0, len(letters), share):
        mailbox.deliver(*letters[start : start + share])
        killed.append(kill_once(mailbox, env, chance.uniform(0.0, 0.2)))
    starts = finish(env)
    fetched = time.monotonic() - began
    read_all()
    verify(letters, mailbox)
    return {
        "messages": len(letters),
        "megabytes": round(sum(map(len, letters)) / 1e6, 1),
        "kills": len(killed),
        "kills_with_messages_untaken": sum(untaken > 0 for untaken, _ in killed),
        "kills_between_commit_and_move": sum(unmoved > 0 for _, unmoved in killed),
        "starts_to_finish": starts,
        "lost": 0,
        "doubled": 0,
        "seconds_fetching": round(fetched, 1),
        "seconds": round(time.monotonic() - began, 1),
    }


def main() -> None:
    """Run the drill in a folder of its own."""
    seed = int(os.environ.get("DRILL_SEED") or time.time())
    with tempfile.TemporaryDirectory(prefix="mailbag-drill-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "LOG_LEVEL": "WARNING"}
        django.setup()
        from django.db import connection

        server = Dovecot()
        try:
            figures = drill(server, random.Random(seed))
        finally:
            server.close()
            connection.close()
        print(json.dumps({"drill": "imap", "database": connection.vendor, "seed": seed, **figures}))  # noqa: T201


if __name__ == "__main__":
    main()
