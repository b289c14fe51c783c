from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from submissions.models import Finding, Kind, Severity
from submissions.moderation import actions, selection
from submissions.states import State
from submissions.textcount import count_words
from tests import factories
from tests.moderation.conftest import DESK

pytestmark = pytest.mark.django_db


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def with_finding(**fields):
    submission = factories.make_submission(State.QUEUED, **fields)
    Finding.objects.create(
        submission=submission,
        revision=submission.current,
        policy=submission.policy,
        rule="links",
        severity=Severity.WARN,
        message="3 links, 2 are allowed",
    )
    return submission


def test_a_row_tells_what_a_choice_needs(desk):
    with_finding()
    page = desk.get(DESK).content.decode()
    for told in ("Keep the footbridge open", "closed without a word", "W. Prairie", "Laramie", "new writer", "3 links"):
        assert told in page
    assert f'<span class="number">{count_words(factories.TEXT)}</span>' in page


@pytest.mark.parametrize("query", ["", "?queue=all", "?queue=mine", "?queue=all&q=bridge", "?rule=links"])
def test_queries_are_as_many_for_three_rows_as_for_one(desk, query):
    with_finding()
    one = queries_of(desk, DESK + query)
    with_finding(email="o.sage@example.org")
    with_finding(email="e.lark@example.org")
    assert queries_of(desk, DESK + query) == one


def test_writer_who_was_published_is_known(desk):
    first = factories.make_submission(State.QUEUED)
    factories.make_submission(State.QUEUED)
    assert desk.get(DESK).content.decode().count("wrote before") == 1
    first.state = State.PUBLISHED
    first.save(update_fields=["state"])
    assert "published before" in desk.get(DESK).content.decode()


def test_pages_are_linked_there_and_back(desk, monkeypatch):
    monkeypatch.setattr(selection, "PAGE", 2)
    monkeypatch.setattr(selection.Selection.page, "__kwdefaults__", {"after": None, "before": None, "limit": 2})
    for _ in range(3):
        factories.make_submission(State.QUEUED)
    first = desk.get(DESK)
    second = desk.get(f"{DESK}?after={first.context['older']}")
    assert (len(first.context["rows"]), first.context["newer"]) == (2, None)
    assert (len(second.context["rows"]), second.context["older"]) == (1, None)
    back = desk.get(f"{DESK}?before={second.context['newer']}")
    assert [row.submission.pk for row in back.context["rows"]] == [r.submission.pk for r in first.context["rows"]]


def test_empty_queue_says_so(desk):
    assert "Nothing new." in desk.get(DESK).content.decode()
    assert "Nothing stands here." in desk.get(f"{DESK}?queue=held").content.decode()
    assert "clear the filters" in desk.get(f"{DESK}?q=nowhere").content.decode()


def test_hostile_words_stay_words(desk):
    factories.make_submission(
        State.QUEUED, headline="<script>alert(1)</script>", name='"><img src=x>', body="<b>bold</b> " + "w" * 3000
    )
    page = desk.get(DESK).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;b&gt;bold" in page


def test_todays_bar_adds_up_what_is_ready(desk):
    factories.make_submission(State.READY)
    factories.make_submission(State.READY, kind=Kind.OPINION)
    assert f"<b>1 piece, {count_words(factories.TEXT)} words</b>" in desk.get(DESK).content.decode()


def test_letter_without_headline_is_shown_as_such(desk):
    factories.make_submission(State.QUEUED, headline="")
    assert "(no headline)" in desk.get(DESK).content.decode()


def test_held_ones_say_when_they_are_due(desk, letters_editor):
    past, to_come = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED)
    for letter, hours in ((past, -1), (to_come, 1)):
        until = timezone.now() + timedelta(hours=hours)
        actions.hold(letter, by=letters_editor, expecting=letter.version, reason="call", until=until)
    page = desk.get(f"{DESK}?queue=held").content.decode()
    assert page.count("waits for a phone call") == 2
    assert page.count("due: ") == 1


def test_what_is_only_for_information_is_within_the_rules(desk):
    letter = with_finding()
    Finding.objects.filter(submission=letter).update(severity=Severity.INFO)
    page = desk.get(DESK).content.decode()
    assert "within the rules" in page
    assert "3 links, 2 are allowed" not in page
