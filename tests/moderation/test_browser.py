"""The desk in a real browser: by keyboard, without JavaScript, wide and narrow, in the light and in the dark."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from submissions.models import (
    Finding,
    Fold,
    Forward,
    Kind,
    Notification,
    RawMessage,
    Reply,
    Severity,
    Suggestion,
    Writer,
)
from submissions.moderation import actions
from submissions.states import State
from tests import factories
from tests.browser import sticks_out
from tests.intake.email.mails import mail, multipart, part, read
from tests.moderation.conftest import DESK, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "footbridge-over-tracks"
MAIL = "/admin/submissions/rawmessage/"


@pytest.fixture
def editor():
    factories.make_house()
    user = factories.make_user("Chief editor", "carla")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def open_desk(new_page, editor):
    """Open a page of the desk as the chief editor."""

    def opened(path: str, **options) -> Page:
        page = new_page(f"/admin/login/?next={path}", **options)
        page.fill("#id_username", editor.username)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url(f"**{path}")
        return page

    return opened


def lived_in(editor):
    """A queue with a bit of everything; return the letter that has most of it."""
    letter = factories.make_submission(State.QUEUED, phone="+13075550134", interests="Owns the land")
    Finding.objects.create(
        submission=letter,
        revision=letter.current,
        policy=letter.policy,
        rule="claim",
        severity=Severity.STOP,
        message="A claim about a person",
        words="footbridge",
        start=4,
        end=14,
    )
    actions.claim(letter, by=editor)
    actions.add_note(letter, by=editor, text="Call her.")
    actions.pin(letter, by=editor)
    factories.make_submission(State.QUEUED, kind=Kind.OPINION, headline="w" * 200, name="n" * 150, city="c" * 100)
    held = factories.make_submission(State.QUEUED)
    actions.hold(held, by=editor, expecting=held.version, reason="call")
    edited = factories.make_submission(State.ACCEPTED)
    text = {"headline": "Open", "body": "The footbridge was closed.", "byline": "W. Prairie", "reason": "cut"}
    actions.edit(edited, by=editor, expecting=edited.version, **text)
    return letter, edited


def came_by_mail():
    """A letter that somebody passed on, with all that a mail brings; and the mail's row."""
    body, content_type = multipart("alternative", part("Keep it open"), part("<p>Keep it <b>open</b>", "text/html"))
    message = read(mail(body, content_type, From=f"{'N' * 80} <n@example.org>"))
    letter = message.submission
    Forward.objects.create(
        submission=letter,
        author_name="Ida Hale",
        author_address=f"{'i' * 60}@hale.example",
        body="Keep it open. " * 40,
        forwarder_address="n@example.org",
        covering="See below.",
        how="inline",
        confidence="low",
    )
    Fold.objects.create(submission=letter, kind="quote", text="> " + "w" * 200, after=0)
    Suggestion.objects.create(submission=letter, field="city", value="Ten Sleep " * 9, words="in Ten Sleep")
    Reply.objects.create(submission=letter, message=message, by_writer=False, text="Yes.", folded="> Did you?")
    RawMessage.objects.filter(pk=message.pk).update(trust={"verdict": "vouched", "results": {"dkim": "pass"}})
    Writer.objects.filter(pk=letter.writer_id).update(bounced_at=timezone.now(), bounce_status="5.1.1")
    return letter, message


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [0, 1024, 360])
def test_every_page_is_accessible_and_fits(open_desk, axe, editor, dark, width):
    letter, edited = lived_in(editor)
    mailed, message = came_by_mail()
    asked = read(mail("Code: 123456789", From="forwarding-noreply@google.com", Subject="(#123456789) x"), sender="")
    page = open_desk(DESK, dark=dark, width=width)
    pages = [
        DESK,
        f"{DESK}?queue=all&q=footbridge",
        f"{DESK}?queue=spam",
        review(letter),
        f"{review(letter)}?reason=space",
        review(edited),
        f"{DESK}{letter.pk}/history/",
        f"{DESK}add/",
        review(mailed),
        f"{MAIL}{message.pk}/looks/",
        f"{MAIL}{message.pk}/change/",
        f"{MAIL}{asked.pk}/confirmation/",
        f"{MAIL}health/",
        "/admin/",
    ]
    for place in pages:
        page.goto(place)
        assert (place, axe(page), sticks_out(page)) == (place, [], False)


def test_keys_walk_the_queue_and_tick_rows(open_desk):
    first, second = (factories.make_submission(State.QUEUED, headline=word) for word in ("One", "Two"))
    page = open_desk(DESK)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(f"input[value='{first.pk}:{first.version}']")).to_be_checked()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{review(second)}*")


def test_a_decision_a_key_and_undo_from_the_next_page(open_desk):
    first, second = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED)
    page = open_desk(review(second))
    page.keyboard.press("a")
    page.wait_for_url(f"**{review(first)}*")
    expect(page.locator(".strip.last")).to_contain_text("Shortlisted")
    second.refresh_from_db()
    assert second.state == State.SHORTLISTED
    page.keyboard.press("z")
    page.wait_for_url(f"**{review(second)}*")
    second.refresh_from_db()
    assert second.state == State.QUEUED


def test_panels_open_by_key_and_close_again(open_desk):
    page = open_desk(review(factories.make_submission(State.QUEUED)))
    for key, field in (("D", "#decline_reason"), ("h", "#hold_reason"), ("e", "#edit_headline"), ("n", "#note_text")):
        page.keyboard.press(key)
        expect(page.locator(field)).to_be_focused()
        expect(page.locator("details.panel[open]")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("details.panel[open]")).to_have_count(0)


def test_keys_are_letters_while_something_is_typed(open_desk):
    letter = factories.make_submission(State.QUEUED)
    page = open_desk(review(letter))
    page.keyboard.press("n")
    page.keyboard.type("aAdshcz12")
    expect(page.locator("#note_text")).to_have_value("aAdshcz12")
    letter.refresh_from_db()
    assert letter.state == State.QUEUED


def test_keys_are_explained_and_can_be_switched_off(open_desk):
    letter = factories.make_submission(State.QUEUED)
    page = open_desk(review(letter))
    page.keyboard.press("?")
    page.get_by_role("button", name="Keys are on").click()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("s")
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()
    letter.refresh_from_db()
    assert letter.state == State.QUEUED


def test_slash_searches(open_desk):
    factories.make_submission(State.QUEUED)
    page = open_desk(DESK)
    page.keyboard.press("/")
    page.keyboard.type("nowhere")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Found for “nowhere”")


def test_reason_brings_its_text_and_the_preview_shows_the_mail(open_desk):
    factories.ReplyText.objects.create(code="length", label="Too long", subject="Long", text="It is long.", position=9)
    letter = factories.make_submission(State.QUEUED)
    page = open_desk(review(letter))
    page.keyboard.press("D")
    page.select_option("#decline_reason", "length")
    expect(page.locator("#decline_text")).to_have_value("It is long.")
    page.fill("#decline_text", "My own words.")
    page.select_option("#decline_reason", "space")
    expect(page.locator("#decline_text")).to_have_value("My own words.")
    page.check("#decline_write")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_contain_text("My own words.")
    page.get_by_role("button", name="Decline it").click()
    page.wait_for_url(f"**{DESK}?queue=new")
    assert Notification.objects.get(template="decline").text == "My own words."


def test_words_are_counted_while_editing(open_desk):
    page = open_desk(review(factories.make_submission(State.ACCEPTED)))
    page.keyboard.press("e")
    page.fill("#edit_body", "Four words — and no more.")
    expect(page.get_by_text("5 words", exact=True)).to_be_visible()


def test_two_editors_get_one_decision_and_one_clear_message(open_desk):
    letter = factories.make_submission(State.QUEUED)
    mine, yours = open_desk(review(letter)), open_desk(review(letter))
    yours.keyboard.press("s")
    yours.wait_for_url(f"**{DESK}?queue=new")
    mine.keyboard.press("a")
    expect(mine.get_by_role("alert")).to_contain_text("marked as spam by carla")
    letter.refresh_from_db()
    assert letter.state == State.SPAM


def test_everything_works_without_javascript(open_desk):
    first, second = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED)
    page = open_desk(DESK, javascript=False)
    page.locator(".row .open").first.click()
    page.get_by_role("link", name="Hold…").click()
    page.select_option("#hold_reason", "legal")
    page.get_by_role("button", name="Hold it").click()
    page.wait_for_url(f"**{review(first)}*")
    page.get_by_role("button", name="Spam").click()
    page.wait_for_url(f"**{DESK}*")
    for letter in (first, second):
        letter.refresh_from_db()
    assert (first.state, second.state, second.held_for) == (State.SPAM, State.HELD, "legal")
