from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from submissions.models import AiUse, Attachment, Finding, Kind, RawMessage, Role, Severity
from submissions.moderation import actions
from submissions.moderation.dossier import dossier
from submissions.states import State
from tests import factories
from tests.moderation.conftest import DESK, review
from tests.publishing.pieces import make_publication, make_ready_piece

pytestmark = pytest.mark.django_db


def add_finding(submission, **fields):
    return Finding.objects.create(
        **{
            "submission": submission,
            "revision": submission.current,
            "policy": submission.policy,
            "rule": "claim",
            "severity": Severity.WARN,
            "message": "A claim about a person",
            **fields,
        }
    )


def labels(response):
    return [button.label for button in response.context["bar"]]


def test_everything_a_decision_needs_is_on_the_page(desk, letters_editor):
    letter = factories.make_submission(
        State.QUEUED,
        phone="+13075550134",
        role=Role.CANDIDATE,
        interests="Owns the land beside it",
        paid_by="Bridge Co.",
        ai_use=AiUse.HELPED,
        exclusive=False,
        in_response_to="City closes footbridge",
    )
    finding = add_finding(letter, start=4, end=14, words="footbridge")
    other = factories.make_submission(State.DECLINED, headline="Snow fences")
    actions.add_note(letter, by=letters_editor, text="Ask about the land.")

    page = desk.get(review(letter)).content.decode()

    for told in (
        f'<mark class="warn" id="mark-{finding.pk}" title="A claim about a person">footbridge</mark>',
        "In response to",
        "City closes footbridge",
        "candidate",
        "Owns the land beside it",
        "Bridge Co.",
        "polished my own text",
        "Also sent elsewhere",
        "confirmed by link",
        "tel:+13075550134",
        "Declined 1.",
        review(other),
        "Ask about the land.",
        "screened by the system",
        str(letter),
    ):
        assert told in page


def test_hostile_letter_stays_text(desk):
    letter = factories.make_submission(
        State.QUEUED,
        headline="<script>alert(1)</script>",
        body='<img src=x onerror="alert(1)">' + "w" * 5000,
        name="</bdi><h1>Editor",
        in_response_to="javascript:alert(1)",
    )
    page = desk.get(review(letter)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<h1>Editor" not in page
    assert 'href="javascript' not in page


def test_queries_are_as_many_for_three_findings_as_for_one(desk):
    letter = factories.make_submission(State.QUEUED)
    add_finding(letter)
    desk.get(review(letter))
    with CaptureQueriesContext(connection) as one:
        desk.get(review(letter))
    for start in (0, 20):
        add_finding(letter, start=start, end=start + 3)
        factories.make_submission(State.QUEUED)
        RawMessage.objects.create(
            submission=letter, outcome="submission", sha256="a", size=1, kind="letter", door="lmtp"
        )
        actions.add_note(letter, by=letter.assignee or factories.User.objects.first(), text="n")
    with CaptureQueriesContext(connection) as three:
        desk.get(review(letter))
    assert len(three) == len(one)


def test_erased_text_and_file_are_said_to_be(desk):
    letter = factories.make_submission(State.QUEUED)
    Attachment.objects.create(submission=letter, name="scan.pdf", media_type="application/pdf", size=9, sha256="a")
    letter.current.body = None
    assert dossier(letter, [Kind.LETTER]).paragraphs == []
    assert "(erased)" in desk.get(review(letter)).content.decode()


def test_bar_offers_what_the_state_allows(desk):
    assert labels(desk.get(review(factories.make_submission(State.QUEUED)))) == [
        "Shortlist",
        "Accept",
        "Decline: No room",
        "Decline…",
        "Hold…",
        "Claim",
        "Edit…",
        "Note…",
        "Opinion",
        "Spam",
    ]


def test_bar_of_the_unconfirmed_offers_a_call(desk):
    shown = labels(desk.get(review(factories.make_submission())))
    assert "Reached by phone" in shown
    assert "Accept" not in shown


def test_bar_of_the_held_leads_back(desk, letters_editor):
    letter = factories.make_submission(State.QUEUED)
    actions.hold(letter, by=letters_editor, expecting=letter.version, reason="call", until=timezone.now())
    response = desk.get(review(letter))
    assert labels(response)[:4] == ["Take up again", "Shortlist", "Accept", "Put back"]
    assert "waits for a phone call until" in response.content.decode()


def test_bar_of_the_accepted_offers_ready_and_only_the_chief_a_waiver(desk, chief_desk):
    letter = factories.make_submission(State.ACCEPTED)
    assert labels(desk.get(review(letter)))[:4] == ["Put back", "Make ready", "Writer agreed…", "Decline: No room"]
    assert "Waive sign-off…" in labels(chief_desk.get(review(letter)))


def test_bar_of_the_ready_and_the_scheduled(desk, letters_editor):
    letter = make_ready_piece()
    assert labels(desk.get(review(letter)))[:4] == ["Back to editing", "Publish now", "Ran in…", "Schedule…"]
    at = timezone.now() + timedelta(days=1)
    actions.publishing.schedule(letter, by=letters_editor, expecting=letter.version, at=at)
    assert labels(desk.get(review(letter)))[:4] == ["Back to editing", "Publish now", "Ran in…", "Unschedule"]


def test_bar_of_the_published_is_the_chiefs(desk, chief_desk):
    letter = make_publication().submission
    assert labels(desk.get(review(letter))) == ["Claim", "Note…"]
    assert labels(chief_desk.get(review(letter))) == ["Retract…", "Claim", "Note…"]


def test_bar_of_the_ended_reopens(desk):
    assert labels(desk.get(review(factories.make_submission(State.SPAM)))) == ["Reopen", "Claim", "Note…", "Opinion"]


def test_bar_offers_a_take_over_and_a_release(desk, chief, letters_editor):
    letter = factories.make_submission(State.QUEUED)
    actions.claim(letter, by=chief)
    assert "Take over" in labels(desk.get(review(letter)))
    actions.claim(letter, by=letters_editor, seen=chief.pk)
    assert "Release" in labels(desk.get(review(letter)))


def test_who_may_only_look_gets_no_bar(desk, letters_editor):
    group = letters_editor.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_submission"))
    assert labels(desk.get(review(factories.make_submission(State.QUEUED)))) == []


@pytest.mark.parametrize(("rule", "label"), [("words", "Decline: Too long"), ("other", "Decline: No room")])
def test_one_key_declines_with_the_top_findings_reason(desk, rule, label):
    factories.ReplyText.objects.create(code="length", label="Too long", subject="s", text="t", position=9)
    letter = factories.make_submission(State.QUEUED)
    add_finding(letter, rule=rule, severity=Severity.STOP)
    assert label in labels(desk.get(review(letter)))


def test_what_still_stands_between_a_piece_and_the_page_is_said(desk):
    assert "This text has no sign-off" in desk.get(review(factories.make_submission(State.ACCEPTED))).content.decode()


def test_edited_text_is_shown_against_what_arrived(desk, letters_editor):
    letter = factories.make_submission(State.ACCEPTED)
    current = letter.current
    body = current.body.replace("a week", "one week")
    kept = {"headline": current.headline, "byline": current.byline, "reason": "style"}
    actions.edit(letter, by=letters_editor, expecting=letter.version, body=body, **kept)
    page = desk.get(review(letter)).content.decode()
    assert "<del>a </del><ins>one </ins>" in page


def test_neighbours_of_the_queue_are_linked(desk):
    first, middle, last = (factories.make_submission(State.QUEUED) for _ in range(3))
    response = desk.get(review(middle) + "?queue=new")
    assert (response.context["previous"], response.context["next"]) == (last.pk, first.pk)


def test_reason_in_the_address_fills_the_reply(desk):
    factories.ReplyText.objects.create(code="length", label="Too long", subject="It is long", text="Shorten it.")
    letter = factories.make_submission(State.QUEUED)
    panels = desk.get(review(letter) + "?reason=length").context["panels"]
    decline = next(panel for panel in panels if panel["button"].action == "decline")
    assert (decline["open"], decline["form"]["subject"].value()) == (True, "It is long")


def test_history_page_tells_it_all(desk):
    letter = factories.make_submission(State.QUEUED)
    page = desk.get(f"{DESK}{letter.pk}/history/").content.decode()
    assert "address confirmed by link" in page
    assert str(letter) in page


def test_a_number_too_large_for_a_database_is_not_found(desk):
    assert desk.get(f"{DESK}{'9' * 30}/change/").status_code == 404
