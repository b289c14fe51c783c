"""A database that was seeded once for all the tests of a module."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Four passwords a test, hashed as they should be, would take longer than all the rest."""


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """Return what `manage.py seed` told on an empty database; all of it is undone after the module."""
    told = io.StringIO()
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # as in TestCase: commits may be durable inside
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), PASSWORD_HASHERS=QUICK_HASHERS):
        with django_db_blocker.unblock():
            whole.__enter__()
            call_command("seed", stdout=told)
        yield told.getvalue()
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
