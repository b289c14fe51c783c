from submissions.models import Noticed, Severity
from submissions.screening.checks.length import words
from submissions.textcount import count_words
from tests.screening.drafts import draft, policy


def test_words_within_the_limit_are_for_information():
    found = words(draft("One two three."), policy(max_words=5))
    assert found == [
        Noticed(
            rule="words",
            severity=Severity.INFO,
            message="3 of 5 words",
            data={"count": 3, "min": 0, "max": 5},
        )
    ]


def test_words_over_the_limit_quote_what_is_too_much():
    found = words(draft("one two, three – four five \n"), policy(max_words=3))[0]
    assert (found.severity, found.message, found.words) == (Severity.WARN, "5 of 3 words", "four five")


def test_words_under_the_minimum_say_how_many_are_asked():
    found = words(draft("one two"), policy(min_words=10, max_words=50))[0]
    assert (found.severity, found.message) == (Severity.WARN, "2 words; at least 10 are asked")


def test_no_text_is_noticed():
    found = words(draft(" … \n — "), policy())[0]
    assert (found.severity, found.message) == (Severity.WARN, "No text")


def test_words_are_counted_as_the_revision_counts_them():
    body = "It’s 5 o'clock — e.g.\u00a0late: \x1c no\u2003way"
    assert words(draft(body), policy())[0].data["count"] == count_words(body)
