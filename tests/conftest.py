"""What every test may count on."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from submissions.models.triggers import drop_triggers, install_triggers
from tests import factories


@pytest.fixture
def house(db: None) -> None:
    """The paper, its policy, a disclaimer and a reply text."""
    factories.make_house()


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    """A fresh DATA_DIR's folders for each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.OUTBOX_DIR = tmp_path / "outbox"
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
