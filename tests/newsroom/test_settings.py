import os
import stat
import subprocess
import sys
import threading

import pytest

from newsroom import settings as house
from tests.flows.processes import ROOT


def setting(name, **env):
    """What a setting is in a process with this environment and no other."""
    code = f"from newsroom import settings; print(settings.{name})"
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
    done = subprocess.run([sys.executable, "-c", code], env=kept, capture_output=True, text=True, check=True)
    return done.stdout.strip()


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
def test_database_lies_in_any_folder(tmp_path, folder):
    where = tmp_path / folder
    assert setting("DATABASES['default']['NAME']", DATA_DIR=str(where)) == str(where / "mailbag.sqlite3")


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


def test_mail_goes_to_files_unless_a_server_is_named(tmp_path):
    folder = {"DATA_DIR": str(tmp_path)}
    assert setting("EMAIL_BACKEND", **folder) == "submissions.notifications.backends.FileBackend"
    named = {**folder, "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587"}
    assert setting("EMAIL_BACKEND", **named) == "submissions.notifications.backends.SmtpBackend"
    assert setting("EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS", **named) == "mail.example.org 587 True"


def test_redis_is_broker_and_cache_where_it_is_named(tmp_path):
    named = {"DATA_DIR": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:6399/1"}
    assert setting("CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT", **named) == "redis://127.0.0.1:6399/1 None"
    assert setting("CACHES['default']['BACKEND']", **named) == "django.core.cache.backends.redis.RedisCache"


def test_public_site_is_https_only_but_for_its_health(tmp_path):
    public = {"DATA_DIR": str(tmp_path), "SITE_URL": "https://letters.example.org/"}
    told = "SITE_URL, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE"
    assert setting(told, **public) == "https://letters.example.org True True True"
    assert setting("SECURE_HSTS_SECONDS", **public) == "31536000"
    assert setting("SECURE_REDIRECT_EXEMPT", **public) == "['^healthz$', '^readyz$']"
