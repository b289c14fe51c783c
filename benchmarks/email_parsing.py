"""How many accepted messages a second become submissions, against django-mailbox on the same messages.

Rounds take turns: django-mailbox in one process, as it is used, then our workers, whose messages were accepted before
the clock starts. Screening is not counted; the submissions are committed. Prints one line of JSON.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import django

from benchmarks.mails import mails
from benchmarks.talking import Talker, cpu_seconds, talking
from tests.house import open_house

WORKERS = 2
RECIPIENT = "letters@wyomingstar.example"
TARGET = 1.5


class Spent(NamedTuple):
    """Seconds by the clock, and of computing."""

    seconds: float = 0.0
    cpu: float = 0.0

    def plus(self, other: "Spent") -> "Spent":
        """Return both together."""
        return Spent(self.seconds + other.seconds, self.cpu + other.cpu)


def write_rounds(folder: Path, rounds: int, each: int) -> list[Path]:
    """Write the messages of each round into a folder of its own, named by their senders; return the folders."""
    made = [folder / f"round{number}" for number in range(rounds)]
    for number, (sender, raw) in enumerate(mails(rounds * each)):
        place = made[number // each]
        place.mkdir(parents=True, exist_ok=True)
        place.joinpath(f"{number:06}-{sender}").write_bytes(raw)
    return made


def accept_all(folder: Path) -> int:
    """Accept the messages of a folder; return how many."""
    from submissions.intake.email.accept import Envelope, accept
    from submissions.intake.email.addresses import find_mailbox
    from submissions.models import Door

    mailbox = find_mailbox(RECIPIENT)
    assert mailbox
    paths = sorted(folder.iterdir())
    for path in paths:
        envelope = Envelope(door=Door.LMTP, sender=path.name.partition("-")[2], mailboxes=(mailbox,))
        accept(envelope, path.read_bytes())
    return len(paths)


def work() -> None:
    """Be a worker: at each line on standard input read until nothing waits, and say how much computing that took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from newsroom import collector
    from submissions.intake.tasks import intake
    from submissions.models import RawMessage

    collector.light()  # as in a worker of Celery's
    print("ready", flush=True)
    for _ in sys.stdin:
        before = cpu_seconds()
        while RawMessage.objects.awaiting_parse().filter(attempts=0).exists():
            intake()
        print(json.dumps(cpu_seconds() - before), flush=True)


def read_all(workers: list[Talker]) -> Spent:
    """Let the workers read what waits; return what that took."""
    started = time.perf_counter()
    for worker in workers:
        worker.tell("go")
    cpu = sum(json.loads(worker.hear()) for worker in workers)
    return Spent(time.perf_counter() - started, cpu)


def measure(rounds: int, each: int) -> dict[str, object]:
    """Return the rates and their ratio, after one round that does not count."""
    theirs, ours = Spent(), Spent()
    with tempfile.TemporaryDirectory(prefix="mailbag-parsing-") as room, ExitStack() as stack:
        open_house(room)
        floor = stack.enter_context(talking("mailbox_floor", folder=room))
        workers = [stack.enter_context(talking("email_parsing", "--worker", folder=room)) for _ in range(WORKERS)]
        for number, folder in enumerate(write_rounds(Path(room, "mails"), rounds + 1, each)):
            floor.tell(str(folder))
            their = Spent(*json.loads(floor.hear()))
            accept_all(folder)
            our = read_all(workers)
            if number:
                theirs, ours = theirs.plus(their), ours.plus(our)
        check((rounds + 1) * each)
    return told(theirs, ours, rounds * each)


def check(count: int) -> None:
    """Raise RuntimeError unless so many submissions are stored, one a message."""
    from submissions.models import Outcome, RawMessage, Submission

    read = RawMessage.objects.filter(outcome=Outcome.SUBMISSION).count()
    if not read == Submission.objects.count() == count:
        raise RuntimeError(f"{read} of {count} messages became submissions")


def told(theirs: Spent, ours: Spent, count: int) -> dict[str, object]:
    """Return what is printed."""
    ratio = theirs.seconds / ours.seconds
    return {
        "workload": "accepted mail parsed into submissions",
        "messages": count,
        "workers": WORKERS,
        "floor": "django-mailbox, one process",
        "floor_per_second": round(count / theirs.seconds, 1),
        "per_second": round(count / ours.seconds, 1),
        "ratio": round(ratio, 2),
        "target": TARGET,
        "within": ratio >= TARGET,
        "floor_cpu_ms": round(1000 * theirs.cpu / count, 2),
        "cpu_ms": round(1000 * ours.cpu / count, 2),
        "database": "sqlite",
    }


def main() -> None:
    """Measure, or be a worker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--messages", type=int, default=500, help="in a round")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work()
    else:
        print(json.dumps(measure(options.rounds, options.messages)))


if __name__ == "__main__":
    main()
