"""A letter's whole life, by web and by mail, until the public reads it with its disclaimer."""

import io
import xml.etree.ElementTree as ET
from email.message import EmailMessage

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from submissions.models import Publication, Submission
from submissions.states import State
from tests.flows.people import Editor, link_in, mails, press_button, text_of, work
from tests.intake.web.posting import LETTER, OPINION, filled

pytestmark = pytest.mark.django_db

BODY = (
    "The footbridge was closed without a word to those who walk it every day. Its fence has a lock meant for years, "
    "and nobody has said why it was put there or when it goes."
)
EDITED = BODY.replace(" every day", "")


@pytest.fixture(autouse=True)
def _house(house, settings):
    settings.EMAIL_BACKEND = "submissions.notifications.backends.FileBackend"


@pytest.fixture
def reader():
    return Client()


def history(submission):
    return [event.action for event in submission.events.order_by("pk")]


def confirmed_by_its_mail(reader, submission, page="/confirm/", **given):
    """The acknowledgement has left, carries the one link, and its button confirms, with what the page asks for."""
    work()
    submission.refresh_from_db()
    assert submission.state == State.UNCONFIRMED
    (mail,) = mails(submission.email)
    assert mail["Auto-Submitted"] == "auto-replied"
    press_button(reader, link_in(mail, page), **given)
    submission.refresh_from_db()
    assert submission.state == State.QUEUED
    return mail


def chosen_edited_and_published(editor, submission):
    editor.decide(submission, "shortlist")
    editor.decide(submission, "accept")
    editor.decide(
        submission, "edit", headline="Open the footbridge", body=EDITED, byline="W. Prairie, Laramie", reason="style"
    )
    editor.decide(submission, "ready")
    editor.decide(submission, "publish")
    work()
    return Publication.objects.get(submission=submission)


def stands_everywhere(reader, publication, label):
    """It is on its page, in the index, in the feed and in the sitemap, and its disclaimer with its text."""
    address = publication.get_absolute_url()
    page = reader.get(address).content.decode()
    for said in ("Open the footbridge", EDITED, "W. Prairie", "Laramie", label, "The views are the writer&#x27;s own."):
        assert said in page
    assert f'href="{address}"' in reader.get("/opinion/").content.decode()
    feed = reader.get("/opinion/feed.rss").content
    (item,) = ET.fromstring(feed).iter("item")
    assert item.findtext("link", "").endswith(address)
    assert "The views are the writer's own." in ET.tostring(item, encoding="unicode").replace("&amp;#x27;", "'")
    assert address in reader.get("/sitemap.xml").content.decode()


def test_letter_by_web_runs_with_its_disclaimer(reader):
    assert reader.get(LETTER).status_code == 200
    assert reader.post(LETTER, filled(headline="Open the footbridge", body=BODY)).status_code == 303
    letter = Submission.objects.get()
    confirmed_by_its_mail(reader, letter)

    publication = chosen_edited_and_published(Editor("Letters editor"), letter)

    stands_everywhere(reader, publication, "Letter to the editor")
    assert history(letter) == [
        "receive", "screen", "confirm", "shortlist", "accept", "edit", "ready", "publish",
    ]  # fmt: skip
    told = [mail for mail in mails(letter.email) if publication.get_absolute_url() in text_of(mail)]
    assert len(told) == 1
    assert "published" in reader.get(letter.get_absolute_url()).content.decode().lower()


def test_letter_by_mail_runs_with_its_disclaimer(reader, monkeypatch):
    mail = EmailMessage()
    mail["From"], mail["To"] = "W. Prairie <w.prairie@example.org>", "letters@wyomingstar.example"
    mail["Subject"], mail["Message-ID"] = "Open the footbridge", "<one@example.org>"
    mail["Date"] = "Mon, 06 Jul 2026 10:00:00 -0600"
    mail.set_content(f"{BODY}\n\nW. Prairie\nLaramie\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(mail.as_bytes())))
    call_command("ingest", "-r", "letters@wyomingstar.example", "-f", "w.prairie@example.org")
    work()
    letter = Submission.objects.get()
    assert (letter.kind, letter.channel) == ("letter", "email")
    acknowledgement = confirmed_by_its_mail(reader, letter, "/complete/", city="Laramie", consent="on")
    assert acknowledgement["In-Reply-To"] == "<one@example.org>"

    publication = chosen_edited_and_published(Editor("Letters editor"), letter)

    stands_everywhere(reader, publication, "Letter to the editor")
    assert BODY in letter.revisions.get(number=0).body


def test_opinion_piece_waits_for_its_writers_agreement(reader):
    reader.post(OPINION, filled(headline="Open the footbridge", body=EDITED))
    piece, editor = Submission.objects.get(), Editor("Opinion editor")
    confirmed_by_its_mail(reader, piece)
    editor.decide(piece, "shortlist")
    editor.decide(piece, "accept")
    editor.decide(piece, "sign-off", how="phone")
    editor.decide(piece, "publish")
    stands_everywhere(reader, Publication.objects.get(), "Opinion")


def test_declined_letter_is_undone_before_its_writer_hears_of_it(reader):
    reader.post(LETTER, filled(body=BODY))
    letter, editor = Submission.objects.get(), Editor("Letters editor")
    confirmed_by_its_mail(reader, letter)
    editor.decide(letter, "decline", reason="space", subject="Your letter", text="We had no room.")
    work()
    assert (letter.state, len(mails(letter.email))) == (State.DECLINED, 1)
    editor.decide(letter, "undo")
    with time_machine.travel("2036-01-01 12:00+00:00"):
        work()
    assert (letter.state, len(mails(letter.email))) == (State.QUEUED, 1)


def test_withdrawn_letter_comes_back_where_it_stood(reader):
    reader.post(LETTER, filled(body=BODY))
    letter, editor = Submission.objects.get(), Editor("Letters editor")
    confirmed_by_its_mail(reader, letter)
    editor.decide(letter, "shortlist")
    for step, state in (("withdraw", State.WITHDRAWN), ("restore", State.SHORTLISTED)):
        reader.post(f"{letter.get_absolute_url()}{step}/", {"expecting": letter.version})
        letter.refresh_from_db()
        assert letter.state == state
