"""Every message of the corpora through each door: taken, kept byte for byte, and read to an end that somebody sees.

Needs a migrated database with a house in it. Each door has a mailbox of its own: so nothing is a repeat of what came by
another.
"""

import asyncio
import hashlib
import io
import smtplib
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

from submissions.intake.email.exits import Exit
from submissions.intake.email.pipe import take
from submissions.intake.email.read import bytes_of
from submissions.intake.email.server import Server
from submissions.intake.tasks import intake
from submissions.models import Outcome, RawMessage
from tests.corpora import Row
from tests.intake.email.archiving import write_folder
from tests.intake.email.mails import corpus

Counts = Counter[str]
"""How many messages have a SHA-256."""


def score() -> list[Row]:
    """Return for each door how many messages raised nothing, are the same byte for byte, and ended in sight."""
    raws = [raw for path in corpus() if (raw := path.read_bytes()).strip()]
    found: list[Row] = []
    for door, deliver in _DOORS.items():
        mailbox = f"{door.lower()}@wyomingstar.example"
        with override_settings(INTAKE_ADDRESSES=[f"{mailbox}=letter"]):
            found += _score(door, deliver(raws, mailbox), mailbox)
    return found


def _score(door: str, expected: Counts, mailbox: str) -> list[Row]:
    while RawMessage.objects.awaiting_parse().exists():
        intake()
    rows = RawMessage.objects.filter(envelope_to=mailbox)
    same = expected & Counter(hashlib.sha256(bytes_of(row)).hexdigest() for row in rows.iterator(chunk_size=50))
    total = expected.total()
    return [
        (f"{door}: no exception", rows.filter(attempts=1).count(), total),
        (f"{door}: the same bytes", same.total(), total),
        (f"{door}: ends in sight", sum(map(_is_in_sight, rows.defer("content").iterator())), total),
    ]


def _is_in_sight(row: RawMessage) -> bool:
    """Whether a message was understood, and hangs on a submission or on the first of its kind, or says what it is."""
    if row.outcome in (Outcome.WAITING, Outcome.QUARANTINE):
        return False
    if row.outcome == Outcome.DUPLICATE:
        return row.submission_id is not None or row.original_id is not None
    return row.submission_id is not None if row.outcome in (Outcome.SUBMISSION, Outcome.REPLY) else bool(row.reason)


def _ingest(raws: Sequence[bytes], mailbox: str) -> Counts:
    """Store messages as a pipe transport hands them over; what is not answered with 0 will be missing."""
    codes = Counter(take(io.BytesIO(raw), [mailbox], None) for raw in raws)
    if set(codes) != {Exit.OK}:
        print(f"ingest answered {dict(codes)}")  # noqa: T201
    return _digests(raws)


def _lmtp(raws: Sequence[bytes], mailbox: str) -> Counts:
    """Deliver messages to a port. The protocol cannot carry one that does not end its last line: it is ended there."""
    ended = [raw if raw.endswith(b"\r\n") else raw + b"\r\n" for raw in raws]

    async def serve() -> None:
        async with Server("127.0.0.1", 0) as listening:
            await asyncio.to_thread(_send, listening.port, ended, mailbox)

    asyncio.run(serve())
    return _digests(ended)


def _send(port: int, raws: Sequence[bytes], mailbox: str) -> None:
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo()
        for raw in raws:
            client.mail("reader@example.org")
            client.rcpt(mailbox)
            client.docmd("DATA")
            stuffed = (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:]  # as it is: smtplib would mend the line ends
            client.send(stuffed + b".\r\n")
            client.getreply()


def _import(raws: Sequence[bytes], mailbox: str) -> Counts:
    """Import messages from a folder; the same bytes twice are one message there."""
    with tempfile.TemporaryDirectory() as folder:
        call_command("import_mail", str(write_folder(Path(folder, "archive"), list(raws))), "--to", mailbox, "--quiet")
    return _digests(dict.fromkeys(raws))


def _digests(raws: Iterable[bytes]) -> Counts:
    return Counter(hashlib.sha256(raw).hexdigest() for raw in raws)


_DOORS = {"ingest": _ingest, "LMTP": _lmtp, "import_mail": _import}
