"""Real and hostile mail: every message is taken, and every one ends somewhere in sight."""

import io
import smtplib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from submissions.intake.email.exits import Exit
from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.pipe import take
from submissions.intake.email.read import bytes_of
from submissions.intake.tasks import intake
from submissions.models import Kind, Outcome, RawMessage
from tests.intake.email.mails import LETTERS, corpus
from tests.intake.email.test_lmtp import serve

LINKED = (Outcome.SUBMISSION, Outcome.DUPLICATE, Outcome.REPLY)


def _read_all() -> Counter[str]:
    while RawMessage.objects.awaiting_parse().exists():
        intake()
    return Counter(RawMessage.objects.values_list("outcome", flat=True))


def test_every_message_of_the_corpora_is_understood():
    assert {message.over for message in (parse(path.read_bytes()) for path in corpus())} == {()}


@pytest.mark.protocol
@pytest.mark.django_db
def test_every_message_of_the_corpora_ends_in_sight(house):
    codes: Counter[Exit] = Counter()
    bounces = []
    for path in corpus():
        code = take(io.BytesIO(path.read_bytes()), [LETTERS], None)
        codes[code] += 1
        if code == Exit.OK and "sisimai" in path.parts:
            bounces.append(RawMessage.objects.latest("pk").pk)
    outcomes = _read_all()
    assert set(codes) <= {Exit.OK, Exit.DATA}
    assert outcomes.total() == codes[Exit.OK] > 600
    assert {Outcome.WAITING, Outcome.QUARANTINE} & set(outcomes) == set()
    assert not RawMessage.objects.filter(outcome__in=LINKED, submission=None, original=None).exists()
    assert not RawMessage.objects.exclude(outcome__in=LINKED).filter(reason="").exists()
    assert RawMessage.objects.filter(pk__in=bounces, outcome=Outcome.BOUNCE).count() >= 0.9 * len(bounces)


@pytest.mark.protocol
@pytest.mark.django_db(transaction=True)
def test_messages_of_the_corpora_come_through_the_port_byte_for_byte():
    messages = [path.read_bytes() for path in corpus()[::25]]

    def deliver(port: int) -> None:
        with smtplib.LMTP("127.0.0.1", port) as client:
            for raw in messages:
                client.sendmail("", [LETTERS], _on_the_wire(raw))

    serve(deliver)
    rows = RawMessage.objects.order_by("pk")
    assert [bytes_of(row) for row in rows] == [_on_the_wire(raw) for raw in messages]
    assert {row.kind for row in rows} == {Kind.LETTER}


def _on_the_wire(raw: bytes) -> bytes:
    """A message as SMTP carries it: every line end CRLF, and one at the end."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


@pytest.mark.protocol
def test_ingest_runs_as_a_command(tmp_path):
    env = {"DATA_DIR": str(tmp_path), "PATH": ""}
    manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]

    def ingest(raw: bytes, *options: str) -> int:
        return subprocess.run(
            [*manage, "ingest", *options], input=raw, env=env, check=False, capture_output=True
        ).returncode

    assert ingest(b"Subject: x\n\nhi\n", "-r", LETTERS) == Exit.TRY_AGAIN, "there are no tables yet"
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=env, check=True)
    assert ingest(b"Subject: x\n\nhi\n", "-r", LETTERS) == Exit.OK
    assert ingest(b"", "-r", LETTERS) == Exit.DATA
    assert ingest(b"Subject: x\n\nhi\n", "-r", "x@y.example") == Exit.NO_USER
