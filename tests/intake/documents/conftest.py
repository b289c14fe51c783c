from collections.abc import Iterator

import pytest

from submissions.intake.documents import reading


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """Nothing is remembered of the files of other tests."""
    reading._known.clear()
    yield
    reading._known.clear()
