"""A real Postfix delivers, set up as docs/operations.md says."""

import asyncio
import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from submissions.intake.email.read import bytes_of
from submissions.intake.email.server import Server
from submissions.models import RawMessage
from tests.intake.email.mails import LETTERS, mail
from tests.intake.email.postfix import Postfix, documented, for_lmtp, postfix_program

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.protocol]

OPINION = "opinion@wyomingstar.example"
SENDER = "w.prairie@example.org"


@pytest.fixture(autouse=True)
def _needs_postfix():
    missing = "" if postfix_program() else "not installed: postfix (apt install postfix)"
    missing = missing or ("Postfix can be started by root only" if os.geteuid() else "")
    if missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)


@pytest.fixture
def open_folder():
    """A folder that other users may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def delivered(*mails: tuple[str, str, bytes]) -> list[RawMessage]:
    """The rows of mails that Postfix took by SMTP and gave us by LMTP."""

    def deliver(port: int) -> None:
        with Postfix(for_lmtp(port)) as postfix:
            postfix.send(mails)
            assert postfix.empty(20)

    async def run() -> None:
        async with Server("127.0.0.1", 0) as listening:
            await asyncio.to_thread(deliver, listening.port)

    asyncio.run(run())
    return list(RawMessage.objects.order_by("pk"))


def test_bytes_and_envelope_come_through_below_one_line_of_trace():
    bodies = [b"fr\xfch\r\n", b"word " * 1500 + b"\r\n", b".\r\n..\r\n.dot\r\n", b"x\r\n" * 400_000]
    roads = [(SENDER, LETTERS), (SENDER, "letters+token@wyomingstar.example"), ("", OPINION), (SENDER, OPINION)]
    rows = delivered(*((*road, mail(body)) for road, body in zip(roads, bodies, strict=True)))
    contents = [bytes_of(row) for row in rows]
    starts = [content.index(b"\r\nFrom: ") + 2 for content in contents]
    assert [content.count(b"Received: ", 0, start) for content, start in zip(contents, starts, strict=True)] == [1] * 4
    assert {content[start:] for content, start in zip(contents, starts, strict=True)} == {mail(body) for body in bodies}
    assert sorted((row.envelope_from, row.envelope_to, row.extension) for row in rows) == [
        ("", OPINION, ""),
        (SENDER, LETTERS, ""),
        (SENDER, LETTERS, "token"),
        (SENDER, OPINION, ""),
    ]


def test_a_pipe_names_recipient_and_null_sender(open_folder):
    told, script = open_folder / "told", open_folder / "script"
    told.touch()
    told.chmod(0o666)
    script.write_text(f'#!/bin/sh\nprintf "[%s]" "$@" "$(grep Return-Path)" >> {told}; echo >> {told}\n')
    script.chmod(0o755)
    instead = {"user=mailbag": "user=nobody", "/usr/local/bin/mailbag-ingest": str(script)}
    service = documented("# /etc/postfix/master.cf", **instead)
    settings = for_lmtp(9) + documented("# /etc/postfix/main.cf, beside the lines above")
    with Postfix(settings, service) as postfix:
        postfix.send([("", "letters+token@wyomingstar.example", mail()), (SENDER, OPINION, mail())])
        assert postfix.empty(20)
    assert sorted(told.read_text().splitlines()) == [
        "[-f][][-r][letters+token@wyomingstar.example][Return-Path: <>]",
        f"[-f][{SENDER}][-r][{OPINION}][Return-Path: <{SENDER}>]",
    ]


@pytest.mark.parametrize(("ends", "code"), [("exit 0", 0), ("exit 67", 67), ("exit 1", 75), ("kill -9 $$", 75)])
def test_the_pipes_script_lets_a_mail_wait_whatever_breaks(tmp_path, ends, code):
    python, env, script = tmp_path / "python", tmp_path / "env", tmp_path / "script"
    python.write_text(f"#!/bin/sh\n{ends}\n")
    python.chmod(0o755)
    env.touch()
    places = {"/etc/mailbag.env": str(env), "/srv/mailbag": str(tmp_path), ".venv/bin/python": str(python)}
    script.write_text(documented("# /usr/local/bin/mailbag-ingest", **places))
    assert subprocess.run(["/bin/sh", script], check=False).returncode == code
