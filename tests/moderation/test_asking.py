import pytest

from submissions.lifecycle import undo
from submissions.models import Finding, Notification, Owed
from submissions.moderation.asking import AnsweredAlready, NoAddress, acknowledge, ask_to_paste
from submissions.states import State
from tests import factories
from tests.moderation.conftest import review

pytestmark = pytest.mark.django_db


def mailed(**fields):
    return factories.make_submission(State.QUEUED, channel="email", **fields)


def notice(submission, rule):
    return Finding.objects.create(
        submission=submission,
        revision=submission.current,
        policy=submission.policy,
        rule=rule,
        severity="info",
        message="x",
    )


def test_a_withheld_acknowledgement_is_owed_by_hand_once(letters_editor):
    letter = mailed()
    acknowledge(letter, by=letters_editor)
    with pytest.raises(AnsweredAlready):
        acknowledge(letter, by=letters_editor)
    owed = Notification.objects.get()
    assert (owed.template, owed.to, owed.state) == ("acknowledgement", letter.email, Owed.OWED)


def test_one_that_failed_is_owed_again(letters_editor):
    letter = mailed()
    acknowledge(letter, by=letters_editor)
    Notification.objects.update(state=Owed.FAILED)
    acknowledge(letter, by=letters_editor)
    assert Notification.objects.get().state == Owed.OWED


@pytest.mark.parametrize("ask", [acknowledge, ask_to_paste])
def test_without_an_address_nobody_is_written_to(letters_editor, ask):
    letter = factories.make_submission(State.UNCONFIRMED, email="", phone="+13075550134", channel="email")
    expecting = {"expecting": letter.version} if ask is ask_to_paste else {}
    with pytest.raises(NoAddress):
        ask(letter, by=letters_editor, **expecting)


def test_asking_to_paste_holds_it_and_waits_for_an_undo(letters_editor):
    letter = mailed()
    event = ask_to_paste(letter, by=letters_editor, expecting=letter.version)
    owed = Notification.objects.get()
    assert (letter.state, letter.held_for) == (State.HELD, "writer")
    assert (owed.template, owed.event, owed.send_after > owed.created_at) == ("paste", event, True)
    undo(letter, by=letters_editor, expecting=letter.version)
    assert Notification.objects.get().state == Owed.CANCELLED


def test_the_keys_are_offered_where_they_are_needed(desk):
    letter = mailed()
    plain = desk.get(review(letter)).content.decode()
    notice(letter, "no_answer")
    notice(letter, "unreadable")
    needed = desk.get(review(letter)).content.decode()
    assert ("Acknowledge" in plain, "Ask to paste the text" in plain) == (False, False)
    assert ("/acknowledge/" in needed, 'data-key="w"' in needed) == (True, True)


def test_the_desk_presses_both(desk, decide):
    letter = mailed()
    notice(letter, "no_answer")
    assert decide(letter, "acknowledge").status_code == 302
    assert decide(letter, "ask-to-paste").status_code == 302
    letter.refresh_from_db()
    assert (letter.state, Notification.objects.count()) == (State.HELD, 2)
