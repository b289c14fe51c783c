import pytest

from submissions.screening.checks.exclusivity import not_exclusive
from tests.screening.drafts import draft, messages, policy


def test_a_writer_who_sent_it_elsewhere_is_noticed():
    found = not_exclusive(draft(exclusive=False), policy(exclusive=True))
    assert messages(found) == ["The writer says that others have it too"]


@pytest.mark.parametrize(("said", "asked"), [(True, True), (None, True), (False, False)])
def test_what_was_not_asked_or_not_said_is_no_finding(said, asked):
    assert not_exclusive(draft(exclusive=said), policy(exclusive=asked)) == []
