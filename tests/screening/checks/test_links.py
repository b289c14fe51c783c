import pytest

from submissions.screening.checks.links import links
from tests.screening.drafts import draft, policy

THREE = "See https://a.example/x, www.b.example and (HTTP://C.example/y)."


def test_links_quote_the_first_one_too_many():
    found = links(draft(THREE), policy(max_links=2))[0]
    assert (found.message, found.words, found.data) == ("3 links; 2 allowed", "HTTP://C.example/y", {"count": 3})


def test_no_links_allowed_says_none():
    assert links(draft(THREE), policy(max_links=0))[0].message == "3 links; none allowed"


@pytest.mark.parametrize("body", [THREE, "Section 3.2 of the awww.some act, at 10:30 p.m.", "mail me at a@b.example"])
def test_links_within_the_limit_are_silent(body):
    assert links(draft(body), policy(max_links=3)) == []
