import os
import re

import pytest
import yaml

from newsroom import start
from tests.flows.processes import ROOT


@pytest.fixture
def collected(monkeypatch, settings, tmp_path):
    """The calls of commands; the folder is there as `collectstatic` would leave it."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    calls = []
    monkeypatch.setattr(start, "call_command", lambda *args, **_kwargs: calls.append(args))
    return calls


def test_statics_are_collected_once_until_one_changes(collected, monkeypatch):
    start.collect_statics()
    start.collect_statics()
    assert collected == [("collectstatic",)]
    monkeypatch.setattr(start.django, "__version__", "another")
    start.collect_statics()
    assert collected == [("collectstatic",)] * 2


def test_where_names_site_desk_mail_and_outbox(settings):
    settings.SITE_URL, settings.LMTP_LISTEN, settings.OUTBOX_DIR = (
        "http://localhost:8001",
        "127.0.0.1:8025",
        "/x/outbox",
    )
    settings.EMAIL_BACKEND = "submissions.notifications.backends.FileBackend"
    for said in ("http://localhost:8001", "http://localhost:8001/admin/", "127.0.0.1:8025", "/x/outbox", "Ctrl-C"):
        assert said in start.where()
    settings.EMAIL_BACKEND = "submissions.notifications.backends.SmtpBackend"
    assert "by SMTP" in start.where()


@pytest.mark.parametrize("url", ["", "imaps://letters:sesame@mail.example"])
def test_mailbox_is_read_only_where_one_is_set(settings, url):
    settings.IMAP_URL = url
    assert start.processes() == (("web", "lmtp", "worker", "imap") if url else ("web", "lmtp", "worker"))
    assert ("IMAP_URL" in start.where(), "sesame" in start.where()) == (bool(url), False)


def test_every_process_is_in_the_procfile(settings):
    settings.IMAP_URL = "imaps://letters:sesame@mail.example"
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert {line.partition(":")[0] for line in lines} == set(start.processes())


def test_compose_reads_a_mailbox_only_when_asked_to():
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["imap"]
    wanted = set(re.findall(r'"(IMAP_[A-Z_]+)"', (ROOT / "newsroom" / "settings.py").read_text()))
    assert (service["profiles"], service["command"]) == (["imap"], "python manage.py poll_imap")
    assert {name for name in service["environment"] if name.startswith("IMAP_")} == wanted
    assert service["environment"]["DATABASE_URL"].startswith("postgres://")


def test_main_readies_the_house_and_becomes_honcho(collected, settings, monkeypatch, capsys):
    became = []
    monkeypatch.setattr(start, "taken_ports", lambda *_: [])
    monkeypatch.setattr(start.os, "execv", lambda *args: became.append(args))
    monkeypatch.setattr(start.os, "environ", dict(os.environ))
    start.main()
    assert collected == [("migrate",), ("collectstatic",), ("seed",)]
    assert settings.SITE_URL in capsys.readouterr().out
    assert became[0][1][1:] == ["-c", start.HONCHO, "--env", os.devnull, "start", "web", "lmtp", "worker"]


def test_main_stops_at_a_taken_port_before_anything_is_touched(collected, monkeypatch):
    monkeypatch.setattr(start, "taken_ports", lambda *_: ["Port 8000 is taken"])
    monkeypatch.setattr(start.os, "environ", dict(os.environ))
    with pytest.raises(SystemExit, match="Port 8000 is taken"):
        start.main()
    assert collected == []
