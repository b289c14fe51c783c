"""A letter that somebody passes on, from the mail to the page: its author is asked before it runs."""

import html

import pytest
from django.test import Client

from submissions.models import Publication, Submission
from submissions.publishing.sign_off import SignOffOwed, make_ready
from submissions.states import State
from tests.flows.people import Editor, link_in, mails, press_button, work
from tests.intake.email.mails import arrive, mail
from tests.intake.email.test_keeping import DOUBTFUL, FORWARD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house, settings):
    settings.EMAIL_BACKEND = "submissions.notifications.backends.FileBackend"


def passed_on(text: str) -> Submission:
    arrive(mail(text, Subject="Fwd: The footbridge"))
    work()
    return Submission.objects.get()


def runs(editor: Editor, letter: Submission) -> str:
    """Publish a letter; return its page."""
    for action in ("accept", "ready", "publish"):
        editor.decide(letter, action)
    page = Client().get(Publication.objects.get().get_absolute_url())
    return html.unescape(page.content.decode())


def test_its_author_is_asked_agrees_and_is_printed():
    letter, editor = passed_on(FORWARD), Editor("Letters editor")
    (receipt,) = mails("w.prairie@example.org")
    assert (receipt["Auto-Submitted"], mails("ida@hale.example")) == ("auto-replied", [])
    assert "Take town: Casper" in editor.page(letter).replace("<bdi>", "").replace("</bdi>", "")

    editor.decide(letter, "acknowledge")
    work()
    (asked,) = mails("ida@hale.example")
    press_button(Client(), link_in(asked, "/complete/"), city="Casper", consent="on")
    letter.refresh_from_db()

    assert (letter.state, letter.city) == (State.QUEUED, "Casper")
    page = runs(editor, letter)
    assert "The footbridge should stay open. It is the only way over the tracks." in page
    assert ("Ida Hale, Casper" in page, "My neighbor asked me" in page) == (True, False)


def test_a_doubtful_one_is_settled_first_and_never_runs_unasked():
    letter, editor = passed_on(DOUBTFUL), Editor("Chief editor")
    assert "Whose letter is it?" in editor.page(letter)
    editor.decide(letter, "attribute", signed_by="author")
    editor.decide(letter, "verify")
    editor.decide(letter, "accept")
    with pytest.raises(SignOffOwed):
        make_ready(letter, by=editor.user, expecting=letter.version, waive="space")
    editor.decide(letter, "sign-off", how="phone")
    editor.decide(letter, "publish")
    assert (letter.state, letter.name) == (State.PUBLISHED, "Ida Hale")
