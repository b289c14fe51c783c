import os
import runpy
import stat
import threading
from types import SimpleNamespace

import pytest

from newsroom import settings as house


@pytest.fixture
def settings_of(monkeypatch, tmp_path):
    """The settings of a process that has this environment and no other."""

    def read(**env):
        for name in set(os.environ) - {"PATH"}:
            monkeypatch.delenv(name)
        for name, value in {"DATA_DIR": str(tmp_path), **env}.items():
            monkeypatch.setenv(name, value)
        return SimpleNamespace(**runpy.run_path(house.__file__))

    return read


def test_secret_is_made_once_and_is_its_owners_only(tmp_path):
    path = tmp_path / "secret_key"
    secret = house.house_secret(path)
    assert (len(secret) >= 64, house.house_secret(path)) == (True, secret)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_start_at_once_have_one_secret(tmp_path):
    found, start = [], threading.Barrier(8)

    def begin():
        start.wait()
        found.append(house.house_secret(tmp_path / "secret_key"))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), len(list(tmp_path.iterdir()))) == (8, 1, 1)


@pytest.mark.parametrize("folder", ["plain", "with a space", "with+plus", "with%41percent", "with?mark#hash"])
def test_database_lies_in_any_folder(settings_of, tmp_path, folder):
    found = settings_of(DATA_DIR=str(tmp_path / folder))
    assert found.DATABASES["default"]["NAME"] == str(tmp_path / folder / "mailbag.sqlite3")


def test_sqlite_loses_nothing_at_a_power_cut():
    options = house.database("sqlite:////tmp/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_connections_are_kept_and_checked():
    config = house.database("postgres://mailbag:secret@db:5433/mailbag")
    assert (config["HOST"], config["PORT"], config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (
        "db", 5433, 60, True,
    )  # fmt: skip


def test_mail_goes_to_files_unless_a_server_is_named(settings_of):
    assert settings_of().EMAIL_BACKEND == "submissions.notifications.backends.FileBackend"
    named = settings_of(EMAIL_URL="smtp+tls://user:secret@mail.example.org:587")
    assert (named.EMAIL_BACKEND, named.EMAIL_HOST, named.EMAIL_PORT, named.EMAIL_USE_TLS) == (
        "submissions.notifications.backends.SmtpBackend", "mail.example.org", 587, True,
    )  # fmt: skip


def test_mail_services_have_the_secrets_that_are_named(settings_of):
    assert set(settings_of().ANYMAIL.values()) == {""}
    named = settings_of(ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY="key-1").ANYMAIL
    assert {name: secret for name, secret in named.items() if secret} == {"MAILGUN_WEBHOOK_SIGNING_KEY": "key-1"}


def test_no_mailbox_is_read_unless_one_is_named(settings_of):
    found = settings_of()
    assert (found.IMAP_URL, found.IMAP_FOLDERS, found.IMAP_MODE) == ("", ["INBOX", "Junk=junk"], "move")
    assert settings_of(IMAP_FOLDERS="INBOX,Zuschriften,Spam=junk").IMAP_FOLDERS == ["INBOX", "Zuschriften", "Spam=junk"]


def test_redis_is_broker_and_cache_where_it_is_named(settings_of):
    url = "redis://127.0.0.1:6399/1"
    named, alone = settings_of(REDIS_URL=url), settings_of(REDIS_URL="")
    assert (url, None) == (named.CELERY_BROKER_URL, named.CELERY_BROKER_TRANSPORT)
    assert named.CACHES["default"]["LOCATION"] == url
    assert alone.CELERY_BROKER_TRANSPORT == "newsroom.broker:Transport"


def test_public_site_is_https_only_but_for_its_health(settings_of):
    public = settings_of(SITE_URL="https://letters.example.org/")
    assert public.SITE_URL == "https://letters.example.org"
    assert public.SECURE_SSL_REDIRECT is public.SESSION_COOKIE_SECURE is public.CSRF_COOKIE_SECURE is True
    assert (public.SECURE_HSTS_SECONDS, public.SECURE_REDIRECT_EXEMPT) == (31_536_000, ["^healthz$", "^readyz$"])


def test_demo_is_plain_http_on_this_machine(settings_of):
    demo = settings_of()
    assert (demo.SITE_URL, demo.SECURE_SSL_REDIRECT, demo.DEBUG) == ("http://localhost:8000", False, False)
    assert demo.ALLOWED_HOSTS == ["localhost", "[::1]", "127.0.0.1"]


def test_nobodys_word_about_a_sender_counts_until_the_house_names_whose(settings_of):
    def named(settings):
        return settings.AUTHSERV_ID, settings.AUTHSERV_HOPS, settings.ARC_SEALERS

    named_here = settings_of(AUTHSERV_ID="mx.paper.example", AUTHSERV_HOPS="2", ARC_SEALERS="google.com,a.example")
    assert named(settings_of()) == ("", 1, [])
    assert named(named_here) == ("mx.paper.example", 2, ["google.com", "a.example"])
