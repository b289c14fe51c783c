import os

import pytest

from newsroom import start


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
