"""How fast the desk's queue page is when much waits: each page at many rows against itself at few, as JSON.

`python benchmarks/queue_page.py [--few 10000] [--many 100000] [--rounds 30]` makes a database of its own in a temporary
folder (or, with DATABASE_URL, uses that one: let it be empty) and asks through Django's test client, without a network.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

DESK = "/admin/submissions/submission/"
LIMIT_RATIO, LIMIT_MS = 1.3, 25.0
BATCH = 5_000
WORDS = ["the", "county", "road", "bridge", "council", "water", "snow", "school", "letter", "winter", "range", "fence"]
# Of a hundred submissions so many stand in each state: a busy queue before a long past.
STATES = [("queued", 40), ("unconfirmed", 8), ("shortlisted", 4), ("declined", 36), ("spam", 8), ("accepted", 4)]
KINDS = ["letter", "letter", "letter", "opinion", "unsorted"]


def main() -> None:
    """Fill, measure, fill more, measure again, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailbag-bench-") as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
        print(json.dumps(measure(options.few, options.many, options.rounds), indent=2))


def measure(few: int, many: int, rounds: int) -> dict[str, Any]:
    """Return every page's times at both sizes, in milliseconds, with their ratio and whether it is within the limit."""
    import django

    django.setup()
    client = prepare()
    fill(0, few)
    before = times(client, rounds)
    fill(few, many)
    after = times(client, rounds)
    pages = {page: compare(before[page], after[page]) for page in before}
    from django.db import connection

    return {
        "benchmark": "queue_page",
        "database": connection.vendor,
        "rows": [few, many],
        "rounds": rounds,
        "limit": {"ratio": LIMIT_RATIO, "or_ms": LIMIT_MS},
        "pages": pages,
        "within": pages["first"]["within"] and pages["deep"]["within"],
    }


def compare(few: list[float], many: list[float]) -> dict[str, Any]:
    """Return one page's best times, which other work on the machine cannot better, their ratio, and its usual times."""
    at_few, at_many = min(few), min(many)
    return {
        "best_ms": [round(at_few, 2), round(at_many, 2)],
        "median_ms": [round(statistics.median(few), 2), round(statistics.median(many), 2)],
        "p95_ms_at_many": round(statistics.quantiles(many, n=20)[-1], 2),
        "ratio": round(at_many / at_few, 2),
        "within": at_many / at_few <= LIMIT_RATIO or at_many <= LIMIT_MS,
    }


def prepare() -> Any:
    """Migrate, lay the house, and return a client in which a chief editor is logged in."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    from tests import factories

    factories.make_house()
    client = Client()
    client.force_login(factories.make_user("Chief editor"))
    return client


def fill(start: int, end: int) -> None:
    """Make the rows from number `start` to `end`, in bulk, with texts, findings and true counts."""
    for first in range(start, end, BATCH):
        batch(first, min(end, first + BATCH))


def batch(first: int, last: int) -> None:
    """Make one batch in one transaction."""
    from django.db import transaction
    from django.utils import timezone

    from submissions.models import Finding, HousePolicy, QueueCount, Revision, Submission, Writer

    now, policy, numbers = timezone.now(), HousePolicy.objects.in_force("letter"), range(first, last)
    with transaction.atomic():
        writers = Writer.objects.bulk_create(
            Writer(name=f"Writer {n}", email=f"writer{n}@example.org", city="Laramie") for n in numbers
        )
        rows = Submission.objects.bulk_create(
            Submission(
                identity=f"{n:064x}",
                kind=KINDS[n % len(KINDS)],
                channel=("web", "email", "desk")[n % 3],
                state=state_of(n),
                writer=writers[(n - first) // 3],
                name=f"Writer {n}",
                city="Laramie",
                policy=policy,
                received_at=now - timedelta(minutes=n),
            )
            for n in numbers
        )
        texts = Revision.objects.bulk_create(
            Revision(submission=row, number=0, headline=f"About {n}", body=text(n), sha256=f"{n:064x}", words=180)
            for n, row in zip(numbers, rows, strict=True)
        )
        for row, current in zip(rows, texts, strict=True):
            row.current = current
        Submission.objects.bulk_update(rows, ["current"], batch_size=500)
        Finding.objects.bulk_create(
            Finding(
                submission=row, revision=row.current, policy=policy, rule="links", severity="warn", message="3 links"
            )
            for row in rows[::4]
        )
        for (kind, state), count in Counter((row.kind, row.state) for row in rows).items():
            QueueCount.objects.shift((kind, state, count))


def state_of(number: int) -> str:
    """Return the state of a number: STATES spread evenly, so that every page of a queue reaches equally deep."""
    place = number * 37 % 100
    for state, share in STATES:
        if place < share:
            return state
        place -= share
    raise ValueError("the shares of STATES must add up to 100")


def text(number: int) -> str:
    """Return a letter of 180 words that no other number has."""
    return " ".join(WORDS[(number * 7 + place * place) % len(WORDS)] for place in range(180)) + f" {number}."


def times(client: Any, rounds: int) -> dict[str, list[float]]:
    """Return each page's times in milliseconds, after one unmeasured look."""
    deep = deep_cursor()
    pages = {
        "first": "?queue=new",
        "deep": f"?queue=new&after={deep}",
        "back": f"?queue=new&before={deep}",
        "all": "?queue=all",
        "declined": "?queue=declined",
        "oldest first": "?queue=new&order=oldest",
        "one kind": "?queue=new&kind=letter",
        "filtered": "?queue=new&rule=links&channel=email",
        "common word": "?queue=all&q=bridge",
        "rare word": "?queue=all&q=nowhere",
    }
    return {page: [once(client, DESK + query) for _ in range(rounds + 1)][1:] for page, query in pages.items()}


def deep_cursor() -> str:
    """Return the place in the middle of the new ones."""
    from submissions.models import Submission
    from submissions.moderation.selection import Cursor

    queued = Submission.objects.filter(state="queued").order_by("-received_at")
    return str(Cursor.of(queued[queued.count() // 2]))


def once(client: Any, address: str) -> float:
    """Return how long one page took, in milliseconds. Raises RuntimeError where it is not the page."""
    start = time.perf_counter()
    response = client.get(address)
    took = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return took


if __name__ == "__main__":
    main()
