import pytest

from submissions.screening.checks.duplicate import NAMED_AT_MOST, duplicate
from submissions.screening.draft import History
from tests.screening.drafts import draft, policy


@pytest.mark.parametrize(
    ("same", "writers", "message"),
    [
        ((4,), 0, "The same text came once before, from the same writer"),
        ((4,), 1, "The same text came once before, under 1 other name"),
        ((4, 9, 11), 2, "The same text came 3 times before, under 2 other names"),
    ],
)
def test_duplicate_says_how_often_and_under_how_many_names(same, writers, message):
    found = duplicate(draft(history=History(same_text=same, same_text_writers=writers)), policy())[0]
    assert (found.message, found.data) == (
        message,
        {"submissions": list(same), "count": len(same), "writers": writers},
    )


def test_duplicate_of_a_campaign_names_the_first_ones():
    same = tuple(range(1, 101))
    found = duplicate(draft(history=History(same_text=same, same_text_writers=100)), policy())[0]
    assert (found.data["submissions"], found.data["count"]) == (list(range(1, NAMED_AT_MOST + 1)), 100)


def test_a_new_text_is_left_alone():
    assert duplicate(draft(), policy()) == []
