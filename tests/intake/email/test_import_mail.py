import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from submissions.intake.email import importing
from submissions.intake.email.read import bytes_of
from submissions.intake.tasks import intake
from submissions.management.commands import import_mail
from submissions.models import Door, Outcome, RawMessage
from tests.intake.email.archiving import WRITERS, write_folder, write_mbox
from tests.intake.email.mails import corpus, mail

pytestmark = pytest.mark.django_db

LINKED = (Outcome.SUBMISSION, Outcome.DUPLICATE, Outcome.REPLY)

RAWS = [mail(f"Letter {number}.\r\n", Message_ID=f"<{number}@example.org>") for number in range(5)]
every_kind = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def _refused(*arguments):
    with pytest.raises(CommandError) as refused:
        call_command("import_mail", *arguments)
    return refused.value.returncode


def _digests(raws):
    return Counter(hashlib.sha256(raw).hexdigest() for raw in raws)


@every_kind
def test_import_mail_takes_an_archive_once(tmp_path, capsys, write):
    path = write(tmp_path / "archive", RAWS)
    call_command("import_mail", str(path))
    call_command("import_mail", str(path))
    assert capsys.readouterr().out.splitlines() == [
        "5 message(s) imported, 0 known already.",
        "0 message(s) imported, 5 known already.",
    ]
    assert [bytes_of(row) for row in RawMessage.objects.order_by("pk")] == RAWS


def test_import_mail_may_only_count(tmp_path, capsys):
    call_command("import_mail", str(write_mbox(tmp_path / "archive", [*RAWS, RAWS[0]])), "--dry-run")
    assert capsys.readouterr().out == "5 message(s) would be imported, 1 known already.\n"
    assert not RawMessage.objects.exists()


def test_import_mail_may_be_told_the_address(tmp_path, capsys):
    path = write_mbox(tmp_path / "archive", RAWS)
    call_command("import_mail", str(path), "--to", "Opinion+old@wyomingstar.example", "--quiet")
    assert set(RawMessage.objects.values_list("envelope_to", flat=True)) == {"opinion@wyomingstar.example"}
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("to", ["x@y.example", "tips@wyomingstar.example"])
def test_import_mail_to_no_mailbox_is_refused(tmp_path, to):
    assert _refused(str(write_mbox(tmp_path / "archive", RAWS)), "--to", to) == 1


def test_import_mail_wants_an_address_that_takes_mail(tmp_path, settings):
    settings.INTAKE_ADDRESSES = ["tips@wyomingstar.example"]
    assert _refused(str(write_mbox(tmp_path / "archive", RAWS))) == 1


def test_import_mail_tells_what_it_left_and_takes_the_rest(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(import_mail, "message_limit", lambda: 1000)
    path = write_folder(tmp_path / "archive", [*RAWS[:2], b"x" * 1001, b""])
    (path / "000" / "z\x1b[2J.eml").write_bytes(b"")
    assert _refused(str(path), "--quiet") == 1
    assert capsys.readouterr().err.splitlines() == [
        "000/00002.eml: larger than the house policy allows",
        "000/00003.eml: empty",
        "000/z[2J.eml: empty",
    ]
    assert RawMessage.objects.count() == 2


def test_import_mail_of_nothing_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK")
    assert [_refused(str(tmp_path / name)) for name in ("nowhere", "x.zip")] == [1, 1]


@pytest.mark.parametrize(
    ("error", "code"), [(OperationalError("w"), 75), (OSError("w"), 75), (KeyboardInterrupt(), 130)]
)
def test_import_mail_says_that_it_can_go_on(tmp_path, monkeypatch, error, code):
    monkeypatch.setattr(importing, "store", lambda _: (_ for _ in ()).throw(error))
    assert _refused(str(write_mbox(tmp_path / "archive", RAWS))) == code


@pytest.mark.protocol
@every_kind
def test_import_mail_of_the_corpora_keeps_every_byte(tmp_path, capsys, write):
    raws = list({raw: None for path in corpus() if (raw := path.read_bytes()).strip()})
    whole = [raw if raw.endswith(b"\n") or write is not write_mbox else raw + b"\n" for raw in raws]
    path = write(tmp_path / "archive", raws)
    call_command("import_mail", str(path))
    call_command("import_mail", str(path))
    assert _digests(bytes_of(row) for row in RawMessage.objects.iterator()) == _digests(dict.fromkeys(whole))
    assert capsys.readouterr().out.splitlines()[1].startswith("0 message(s) imported")
    assert len(raws) > 600


@pytest.mark.protocol
def test_import_mail_of_the_corpora_ends_in_sight(tmp_path, house):
    raws = [raw for path in corpus() if (raw := path.read_bytes()).strip()]
    call_command("import_mail", str(write_folder(tmp_path / "archive", raws)))
    while RawMessage.objects.awaiting_parse().exists():
        intake()
    outcomes = set(RawMessage.objects.values_list("outcome", flat=True))
    assert not outcomes & {Outcome.WAITING, Outcome.QUARANTINE}
    assert not RawMessage.objects.filter(outcome__in=LINKED, submission=None).exists()
    assert RawMessage.objects.count() == len(set(raws)) > 600


@pytest.mark.protocol
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_import_mail_killed_in_the_middle_goes_on(tmp_path, number):
    raws = [mail(f"Letter {count}.\r\n" * 200, Message_ID=f"<{count}@example.org>") for count in range(6000)]
    path = write_mbox(tmp_path / "archive", raws)
    env = {"DATA_DIR": str(tmp_path / "data"), "PATH": "", "LOG_LEVEL": "CRITICAL"}
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
    subprocess.run([*command, "migrate", "--verbosity", "0"], env=env, check=True)
    process = subprocess.Popen([*command, "import_mail", str(path)], env=env, stderr=subprocess.DEVNULL)
    stored = _wait_for_some(tmp_path / "data" / "mailbag.sqlite3")
    os.kill(process.pid, number)
    assert process.wait() == (130 if number == signal.SIGINT else -signal.SIGKILL)
    done = subprocess.run([*command, "import_mail", str(path)], env=env, check=True, capture_output=True, text=True)
    assert 0 < stored < len(raws)
    assert _all_stored(tmp_path / "data" / "mailbag.sqlite3") == _digests(raws)
    assert sum(int(word) for word in done.stdout.split() if word.isdigit()) == len(raws)


def _wait_for_some(database):
    for _ in range(2000):
        if stored := sum(_all_stored(database).values()):
            return stored
        time.sleep(0.01)
    raise AssertionError("nothing was stored")


def _all_stored(database):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT sha256 FROM submissions_rawmessage WHERE door = ?", [Door.IMPORT.value])
        found = Counter(sha256 for (sha256,) in rows)
    connection.close()
    return found
