"""What every test may count on."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import TransactionTestCase, override_settings

from submissions.intake.web import throttle
from submissions.models.house_policy import forget_kept_policies
from submissions.models.paper import forget_kept_paper
from submissions.models.triggers import drop_triggers, install_triggers
from submissions.permissions import install_groups
from tests import factories

pytest_plugins = ["tests.browser"]

hypothesis.settings.register_profile("house", deadline=None)  # how long a test takes depends on the machine
hypothesis.settings.load_profile("house")


def pytest_xdist_setupnodes(config: pytest.Config, specs: list[Any]) -> None:
    """Give each worker a DATA_DIR, and so a SQLite file, of its own; on Redis a database of its own."""
    room = Path(os.environ.get("DATA_DIR") or tempfile.mkdtemp(prefix="mailbag-tests-"))
    if not os.environ.get("DATA_DIR"):
        config.add_cleanup(lambda: shutil.rmtree(room, ignore_errors=True))
    for number, spec in enumerate(specs):
        folder = room / f"gw{number}"
        folder.mkdir(parents=True, exist_ok=True)
        spec.env["DATA_DIR"] = str(folder)
        if redis_url := os.environ.get("REDIS_URL"):
            spec.env["REDIS_URL"] = f"{redis_url.rpartition('/')[0]}/{number + 1}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last: its driver keeps an event loop in this thread, and others need their own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The groups stand in every test's database: to install them takes longer than most tests."""
    with django_db_blocker.unblock():
        install_groups()


@pytest.fixture
def house(db: None) -> None:
    """The paper, its policy, a disclaimer and a reply text."""
    factories.make_house()


@pytest.fixture(autouse=True, scope="session")
def plain_statics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve static files under their own names: pages are rendered without `collectstatic`."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**django_settings.STORAGES, "staticfiles": plain}
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    """A fresh DATA_DIR's folders for each test, and nothing remembered: neither by the rate limits nor of the rules."""
    forget_kept_policies()
    forget_kept_paper()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    cache.clear()
    throttle.limiter.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers() -> Iterator[None]:
    """Let transactional tests empty the append-only tables: drop the triggers around the flush, then put them back."""
    teardown = TransactionTestCase._fixture_teardown

    def past_triggers(self: TransactionTestCase) -> None:
        drop_triggers()
        try:
            teardown(self)
        finally:
            install_triggers()

    TransactionTestCase._fixture_teardown = past_triggers
    yield
    TransactionTestCase._fixture_teardown = teardown
