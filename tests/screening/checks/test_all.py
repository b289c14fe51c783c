import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.models import Noticed, Severity
from submissions.screening import checks
from submissions.screening.draft import WORDS_AT_MOST, History, SentFile
from tests.screening.drafts import draft, policy

SPICES = [
    "I will kill you ",
    "I am going to kill myself. ",
    "To the editors of the Star, the Tribune:\n",
    "https://a.example/ ",
    "THE BRIDGE IS CLOSED TO ALL OF US ",
    "m\u0430yor ",
    "ma\u200byor ",
    "\u202e",
    "word ",
    "\n",
]
texts = st.lists(st.one_of(st.sampled_from(SPICES), st.text(max_size=40)), max_size=60).map("".join)
moments = st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
files = st.builds(SentFile, name=st.text(max_size=600), media_type=st.text(max_size=400), size=st.integers(0, 10**12))
histories = st.builds(
    History,
    published=st.lists(moments, max_size=3).map(tuple),
    submitted=st.lists(moments, max_size=3).map(tuple),
    same_text=st.lists(st.integers(1, 10**9), max_size=30).map(tuple),
    same_text_writers=st.integers(0, 30),
)
drafts = st.builds(
    draft,
    texts,
    headline=texts,
    name=st.text(max_size=20),
    email=st.text(max_size=20),
    exclusive=st.none() | st.booleans(),
    also_to=st.lists(st.text(max_size=30), max_size=8).map(tuple),
    files=st.lists(files, max_size=4).map(tuple),
    history=histories,
)
policies = st.builds(
    policy,
    max_words=st.integers(1, 50),
    min_words=st.integers(0, 50),
    max_links=st.integers(0, 3),
    cadence_days=st.integers(0, 400),
    cadence_counts=st.sampled_from(["published", "submitted"]),
    attachments_max=st.integers(0, 3),
    attachment_max_bytes=st.integers(0, 10**9),
    attachment_types=st.lists(st.text(max_size=20), max_size=3),
)


@settings(deadline=None)
@given(drafts, policies)
def test_every_finding_points_at_its_words_and_fits_its_row(letter, rules):
    for found in checks.run(letter, rules):
        assert found.rule in checks.CHECKS
        assert (len(found.message) <= 300, len(found.words) <= WORDS_AT_MOST) == (True, True)
        if found.start is not None:
            assert letter.body[found.start : found.end] == found.words


@settings(deadline=None)
@given(drafts, policies)
def test_the_same_draft_is_always_judged_the_same(letter, rules):
    assert checks.run(letter, rules) == checks.run(letter, rules)


def test_a_good_letter_gets_its_word_count_and_nothing_else():
    found = checks.run(draft(), policy())
    assert [(noticed.rule, noticed.severity) for noticed in found] == [("words", Severity.INFO)]


def test_a_check_that_fails_says_so_and_stops_no_other(monkeypatch):
    def broken(letter, rules):
        raise RecursionError

    monkeypatch.setitem(checks.CHECKS, "links", broken)
    found = checks.run(draft("HTTP"), policy())
    assert found[1:] == [
        Noticed(
            rule="screening_failed",
            severity=Severity.WARN,
            message="The check “links” could not be made. Please look with your own eyes.",
            data={"check": "links", "error": "RecursionError"},
        )
    ]


@pytest.mark.parametrize(
    "body",
    [
        "I will " * 100_000,
        " " * 500_000,
        "A" * 500_000,
        "\u200b" * 100_000,
        "To the Star, " * 40_000,
        "m\u0430" * 200_000,
    ],
    ids=["phrases", "spaces", "one word", "invisible", "papers", "mixed"],
)
def test_a_text_made_to_be_slow_is_checked_in_a_moment(body):
    started = time.process_time()
    checks.run(draft(body), policy())
    assert time.process_time() - started < 5
