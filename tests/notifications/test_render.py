import email
from email import policy as email_policy

import pytest
from django.utils import timezone

from submissions.lifecycle import move
from submissions.models import (
    ConfirmedHow,
    Forward,
    Kind,
    Notification,
    Paper,
    Party,
    Publication,
    SignOff,
    Submission,
)
from submissions.models.reference import spaced_reference
from submissions.moderation.verification import confirm
from submissions.notifications.backends import as_bytes
from submissions.notifications.contexts import TEMPLATES, NoLongerOwed
from submissions.notifications.loop import is_ours
from submissions.notifications.reply_tokens import reply_address
from submissions.states import State
from submissions.tokens import writer_of
from tests import factories
from tests.notifications.mails import mail_of, owe_one, owed_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house, settings):
    settings.SITE_URL = "https://wyomingstar.example"


def wire(owed):
    """The mail as its reader gets it."""
    return email.message_from_bytes(as_bytes(mail_of(owed)), policy=email_policy.default)


def bodies(owed):
    message = wire(owed)
    return [message.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html")]


def passed_on():
    """A letter that somebody passed on as another's."""
    submission = factories.make_submission(State.UNCONFIRMED)
    Forward.objects.create(submission=submission, how="inline", confidence="high", signed_by="author")
    return submission


def asked_to_paste():
    submission = factories.make_submission(State.QUEUED)
    move(submission, State.HELD, by=Party.SYSTEM, expecting=submission.version, reason="writer")
    return submission


ABOUT = {"forwarded": passed_on, "paste": asked_to_paste}


def published(ran_in=""):
    submission = factories.make_submission(State.READY)
    text = submission.current
    sign_off = SignOff.objects.create(submission=submission, revision=text, sha256=text.sha256, basis="not_owed")
    Publication.objects.create(
        submission=submission,
        revision=text,
        sign_off=sign_off,
        kind="letter",
        disclaimers=[{"text": "The writer's own."}],
        year=2026,
        month=11,
        slug="keep-it-open",
        ran_in=ran_in,
    )
    return owed_row("published", to=submission.email, key="p", submission=submission)


def test_an_acknowledgement_has_the_headers_of_an_automatic_answer():
    owed = owe_one(in_reply_to="<one@example.org>")
    mail, message = mail_of(owed), wire(owed)
    assert (mail.from_email, mail.recipients()) == ("", ["writer1@example.org"])
    assert (message["From"], message["To"]) == ("Wyoming Star <letters@wyomingstar.example>", "writer1@example.org")
    assert (message["Reply-To"], message["Auto-Submitted"]) == (reply_address(owed, Paper.current()), "auto-replied")
    assert (message["In-Reply-To"], message["References"]) == ("<one@example.org>", "<one@example.org>")
    assert (message["Message-ID"], is_ours(message["X-Loop"])) == (owed.message_id, True)


def test_other_mails_say_that_a_machine_sent_them_and_take_bounces():
    owed = owe_one(template="decline")
    mail, message = mail_of(owed), wire(owed)
    assert (mail.from_email, message["Auto-Submitted"]) == ("letters@wyomingstar.example", "auto-generated")
    assert message["In-Reply-To"] is None


def test_an_unconfirmed_writer_gets_the_link_and_none_of_the_typed_text():
    owed = owe_one()
    subject = wire(owed)["Subject"]
    for body in bodies(owed):
        assert "Keep the footbridge open" not in body
        assert "W. Prairie" not in body
        assert "https://wyomingstar.example/confirm/" in body
        assert spaced_reference(owed.submission.reference) in body
        assert "not heard from us in 14 days" in body
        assert "If it was not you who wrote to us, do nothing" in body
    assert subject == "Please confirm your letter to the Wyoming Star"


def test_the_confirm_link_is_the_writers():
    owed = owe_one()
    token = next(line for line in bodies(owed)[0].splitlines() if "/confirm/" in line).strip("/").rpartition("/")[2]
    assert writer_of(token) == owed.submission.writer


def test_a_confirmed_writer_gets_no_link():
    owed = owe_one()
    confirm(owed.submission.writer, ConfirmedHow.LINK, by=Party.WRITER)
    owed = Notification.objects.get()
    assert wire(owed)["Subject"] == "We have your letter: Keep the footbridge open"
    assert all("/confirm/" not in body for body in bodies(owed))


def test_another_address_than_the_writers_gets_no_link():
    owed = owe_one(to="old@example.org")
    assert all("/confirm/" not in body for body in bodies(owed))
    assert wire(owed)["Subject"] == "We have your letter"


@pytest.mark.parametrize(
    "headline",
    ["Keep it\r\nBcc: victim@example.org", "Keep it\nBcc: victim@example.org", "Keep it\u2028Bcc: victim@example.org"],
)
def test_a_headline_injects_no_header(headline):
    submission = factories.make_submission(State.QUEUED, headline=headline)
    message = wire(owe_one(submission=submission))
    assert message["Subject"] == "We have your letter: Keep it Bcc: victim@example.org"
    assert message["Bcc"] is None


@pytest.mark.parametrize("typed", ["Hm\r\nBcc: victim@example.org", "Hm\x00\x1b[2J", "H\u202em"])
def test_an_editors_subject_injects_no_header(typed):
    message = wire(owe_one(template="decline", subject=typed))
    assert message["Bcc"] is None
    assert message["Subject"].isprintable()


@pytest.mark.parametrize(
    "value", ["<a@b>\r\nBcc: victim@example.org", "<a b@c>", "a@b", "<a@b> <c@d>", "<" + "a" * 300 + "@b>", "<é@b>"]
)
def test_a_strange_message_id_is_not_answered_to(value):
    message = wire(owe_one(in_reply_to=value))
    assert (message["In-Reply-To"], message["Bcc"]) == (None, None)


def test_a_papers_strange_name_stays_one_address():
    Paper.objects.update(name='Star, "the" <best>\u202e of Wyoming Ünited')
    addresses = wire(owe_one())["From"].addresses
    assert [address.addr_spec for address in addresses] == ["letters@wyomingstar.example"]


def test_a_mail_is_seven_bit_with_short_lines():
    raw = as_bytes(mail_of(owe_one(template="decline", text="Grüße " * 200)))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_mail_in_ascii_can_be_read_as_it_is():
    owed = owe_one()
    raw = as_bytes(mail_of(owed)).decode("ascii")
    assert raw.count("Content-Transfer-Encoding: 7bit") == 2
    assert max(map(len, raw.split("\r\n"))) < 998
    assert f"https://wyomingstar.example/track/{spaced_reference(owed.submission.reference)}/\r\n" in raw


def test_typed_text_in_a_mail_is_no_markup():
    submission = factories.make_submission(State.QUEUED, headline="<script>x</script> & co")
    plain, html = bodies(owe_one(template="decline", submission=submission, text="a <b> & c\n\nd"))
    assert "a <b> & c" in plain
    assert "<script>x</script> & co" in plain
    assert "<p>a &lt;b&gt; &amp; c</p>" in html
    assert "<script>" not in html


def test_a_decline_greets_unless_the_editor_does():
    plain = bodies(owe_one(template="decline", text="We had no room for it."))[0]
    assert plain.startswith(
        "Dear W. Prairie,\n\nWe had no room for it.\n\nThe Wyoming Star\n\nThis is about your letter"
    )
    assert bodies(owe_one(n=2, template="decline", text="Dear William,\nsorry."))[0].startswith("Dear William,")


def test_a_decline_without_words_says_no():
    message = wire(owe_one(template="decline"))
    assert message["Subject"] == "About your letter to the Wyoming Star"
    assert "we will not run it" in message.get_body(["plain"]).get_content()


def test_a_published_mail_links_to_the_page():
    plain, html = bodies(published())
    assert "https://wyomingstar.example/opinion/2026/11/keep-it-open/" in plain
    assert 'href="https://wyomingstar.example/opinion/2026/11/keep-it-open/"' in html


def test_a_piece_that_ran_in_print_says_where():
    for body in bodies(published(ran_in="Sunday paper, page A4")):
        assert "Where it ran: Sunday paper, page A4" in body
        assert "/opinion/" not in body


def test_a_retracted_piece_is_told_no_more():
    owed = published()
    Publication.objects.update(retracted_at=timezone.now(), retraction_reason="Not true.")
    with pytest.raises(NoLongerOwed):
        mail_of(owed)


def test_codes_of_an_address_are_all_told_newest_first():
    first = factories.make_submission(State.UNCONFIRMED, body="One", kind=Kind.OPINION)
    second = factories.make_submission(State.UNCONFIRMED, body="Two")
    factories.make_submission(State.UNCONFIRMED, body="Three", email="other@example.org")
    owed = owed_row("reference", to="W.Prairie@example.org", key="r")
    plain = bodies(owed)[0]
    codes = [spaced_reference(row.reference) for row in (second, first)]
    assert [line for line in plain.splitlines() if line in codes] == codes
    assert "Opinion piece of" in plain
    assert wire(owed)["Subject"] == "Your codes at the Wyoming Star"


def test_a_mail_that_lacks_details_is_asked_for_them_in_the_same_mail():
    submission = factories.make_submission(State.UNCONFIRMED, channel="email", city="")
    for body in bodies(owe_one(submission=submission)):
        assert "We still need your town" in body
        assert "https://wyomingstar.example/complete/" in body
        assert "https://wyomingstar.example/confirm/" not in body


def test_a_form_that_lacks_details_is_asked_for_none():
    submission = factories.make_submission(State.UNCONFIRMED, city="")
    assert all("/complete/" not in body for body in bodies(owe_one(submission=submission)))


def test_an_author_is_asked_with_the_very_text():
    submission = passed_on()
    for body in bodies(owed_row("forwarded", to=submission.email, key="f", submission=submission)):
        assert "An inspection takes a week." in body
        assert "https://wyomingstar.example/complete/" in body


@pytest.mark.parametrize("change", [{"signed_by": "forwarder"}, {"agreed_at": timezone.now()}])
def test_an_author_who_need_not_be_asked_is_not(change):
    submission = passed_on()
    Forward.objects.update(**change)
    with pytest.raises(NoLongerOwed):
        mail_of(owed_row("forwarded", to=submission.email, key="f", submission=submission))


def test_another_than_the_author_is_not_asked():
    with pytest.raises(NoLongerOwed):
        mail_of(owed_row("forwarded", to="other@example.org", key="f", submission=passed_on()))


def test_a_text_that_has_come_is_not_asked_for():
    with pytest.raises(NoLongerOwed):
        mail_of(owe_one(template="paste"))


def test_an_address_that_sent_nothing_is_told_nothing():
    with pytest.raises(NoLongerOwed):
        mail_of(owed_row("reference", to="nobody@example.org", key="r"))


def test_a_safety_mail_holds_none_of_the_words():
    submission = factories.make_submission(State.QUEUED, body="I will kill you")
    for body in bodies(owed_row("safety", to="chief@example.org", key="s", submission=submission)):
        assert f"https://wyomingstar.example/admin/submissions/submission/{submission.pk}/change/" in body
        assert "kill" not in body


@pytest.mark.parametrize("template", ["acknowledgement", "decline", "safety", "forwarded", "paste", "forwarding"])
def test_a_mail_about_nothing_is_not_owed(template):
    with pytest.raises(NoLongerOwed):
        mail_of(owed_row(template, to="ann@example.org", key="n"))


def test_an_erased_address_is_owed_nothing():
    owed = owe_one()
    Notification.objects.update(to=None)
    owed.refresh_from_db()
    with pytest.raises(NoLongerOwed):
        mail_of(owed)


def test_an_erased_text_leaves_a_mail_that_can_be_made():
    owed = owe_one()
    Submission.objects.update(current=None)
    assert "Please confirm" in wire(Notification.objects.get(pk=owed.pk))["Subject"]


@pytest.mark.parametrize("template", sorted(set(TEMPLATES) - {"published", "digest"}))
def test_no_mail_has_an_empty_or_unfinished_place(template):
    owed = owe_one(template=template, submission=ABOUT.get(template, lambda: None)(), text="7")
    for body in [wire(owed)["Subject"], *bodies(owed)]:
        assert body.strip()
        assert not {"None", "{{", "{%", "&amp;lt;"} & set(body.split())
        assert "\n\n\n" not in body.replace(" ", "") or "<" in body
