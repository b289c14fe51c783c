import pytest

from submissions.models import Fold, Forward, Note, Notification, Outcome, Paper, SignedBy, Submission, Suggestion
from tests import factories
from tests.intake.email.mails import mail, read

pytestmark = pytest.mark.django_db

FORWARD = """My neighbor asked me to pass this on.

---------- Forwarded message ---------
From: Ida Hale <ida@hale.example>
Date: Mon, Jan 5, 2026 at 9:12 AM
Subject: The footbridge
To: W. Prairie <w.prairie@example.org>


The footbridge should stay open. It is the only way over the tracks.

Ida Hale
Casper
"""
DOUBTFUL = FORWARD.replace(" <ida@hale.example>", "")


@pytest.fixture(autouse=True)
def _house(house): ...


def forwarded(text=FORWARD, sender="w.prairie@example.org"):
    return read(mail(text, Subject="Fwd: The footbridge"), sender=sender)


def test_the_author_of_a_plain_forward_signs():
    message, submission = forwarded(), Submission.objects.get()
    forward = Forward.objects.get()
    assert (message.outcome, submission.name, submission.email) == (
        Outcome.SUBMISSION,
        "Ida Hale",
        "ida@hale.example",
    )
    assert submission.current.headline == "The footbridge"
    assert submission.current.body.startswith("The footbridge should stay open.")
    assert (forward.signed_by, forward.forwarder_address) == (SignedBy.AUTHOR, "w.prairie@example.org")
    assert forward.covering == "My neighbor asked me to pass this on."


def test_a_name_without_end_is_cut():
    forwarded(FORWARD.replace("Ida Hale <", f"{'Ida ' * 200}Hale <"))
    assert len(Submission.objects.get().name) <= 200


def test_a_doubtful_forward_is_left_to_an_editor():
    forwarded(DOUBTFUL)
    submission = Submission.objects.get()
    assert (submission.email, Forward.objects.get().signed_by) == ("w.prairie@example.org", SignedBy.OPEN)
    assert submission.current.body.startswith("My neighbor asked me to pass this on.")


def test_a_stranger_who_passes_something_on_gets_one_neutral_receipt():
    forwarded()
    owed = Notification.objects.get()
    assert (owed.template, owed.to) == ("receipt", "w.prairie@example.org")


def test_a_stranger_gets_one_receipt_a_day():
    for number in range(3):
        read(mail(f"{FORWARD}\n{number}", Subject="Fwd: The footbridge"))
    assert (Submission.objects.count(), Notification.objects.count()) == (3, 1)


def test_receipts_end_with_the_papers_answers():
    Paper.objects.update(answers_per_hour=0)
    forwarded()
    assert not Notification.objects.exists()


def test_a_stranger_whom_no_machine_may_answer_gets_none():
    forwarded(sender="")
    assert not Notification.objects.exists()


@pytest.mark.parametrize("listed", ["w.prairie@example.org", "@example.org"])
def test_staff_get_none_and_their_words_become_a_note(listed):
    Paper.objects.update(staff_addresses=f"someone@else.example\n{listed}")
    forwarded()
    assert not Notification.objects.exists()
    assert Note.objects.get().text == "My neighbor asked me to pass this on."


def test_an_account_of_the_staff_is_staff():
    user = factories.make_user()
    user.email = "W.Prairie@example.org"
    user.save()
    forwarded()
    assert not Notification.objects.exists()


def test_what_is_not_the_letter_is_folded_and_what_the_sign_off_says_is_suggested():
    text = (
        "The footbridge should stay open.\n\nSincerely,\nWilla Prairie\nCasper, Wyo.\n307-555-0134\n\n"
        "> Old text\n> Older"
    )
    read(mail(text))
    submission = Submission.objects.get()
    assert "Old text" not in submission.current.body
    assert [(fold.kind, "Old text" in fold.text) for fold in Fold.objects.all()] == [("quote", True)]
    found = dict(Suggestion.objects.values_list("field", "value"))
    assert (found["city"], found["phone"]) == ("Casper", "+13075550134")
