import gc

import pytest

from newsroom import celery, collector


@pytest.fixture
def _collector_as_it_was():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_collector_as_it_was")
@pytest.mark.parametrize("lighten", [collector.light, celery.collect_lightly])
def test_what_is_loaded_stays_and_is_not_looked_through(lighten):
    frozen = gc.get_freeze_count()
    lighten()
    assert gc.get_freeze_count() > frozen
    assert gc.get_threshold() == (50_000, 20, 20)
