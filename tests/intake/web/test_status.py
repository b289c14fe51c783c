from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from submissions import lifecycle
from submissions.intake.web.status import status_of
from submissions.models import HeldFor, Kind, Party, Publication, Submission
from submissions.moderation.withdrawal import withdraw
from submissions.publishing.actions import publish, retract
from submissions.publishing.sign_off import make_ready
from submissions.states import State
from tests import factories


@pytest.fixture(autouse=True)
def _house(house): ...


def published(**fields: object) -> tuple[Submission, Publication]:
    submission = factories.make_submission(State.ACCEPTED)
    chief = factories.make_user("Chief editor")
    make_ready(submission, by=chief, expecting=submission.version)
    return submission, publish(submission, by=chief, expecting=submission.version, **fields)


def test_what_has_just_arrived_promises_a_mail_or_a_call():
    by_mail = status_of(factories.make_submission(State.RECEIVED))
    by_phone = status_of(factories.make_submission(State.RECEIVED, email="", phone="+13075550134"))
    assert (by_mail.title, "A mail is on its way" in by_mail.lines[1]) == ("We have it", True)
    assert by_phone.lines[1] == "We will call the number that you gave before we print it."


@time_machine.travel("2026-11-23T18:00:00Z", tick=False)
def test_unconfirmed_says_what_to_do_and_by_when():
    by_mail = status_of(factories.make_submission(State.UNCONFIRMED))
    by_phone = status_of(factories.make_submission(State.UNCONFIRMED, email="", phone="+13075550134"))
    assert by_mail.title == "We have it, and need one thing more"
    assert by_mail.lines[2] == "If that has not happened by Monday, November 30, we will not run it."
    assert len(by_phone.lines) == 2


@pytest.mark.parametrize("state", [State.QUEUED, State.SHORTLISTED, State.ACCEPTED, State.READY, State.SPAM])
@time_machine.travel("2026-11-23T18:00:00Z", tick=False)
def test_nothing_of_how_editors_work_is_told(state):
    status = status_of(factories.make_submission(state, by=factories.make_user()))
    assert (status.title, status.lines) == (
        "It is with the editors",
        (
            "An editor reads every letter within 2 working days.",
            "If you have not heard from us by Monday, December 7, we will not run it.",
        ),
    )


def test_held_one_is_with_the_editors():
    submission = factories.make_submission(State.QUEUED)
    lifecycle.move(submission, State.HELD, by=factories.make_user(), expecting=submission.version, reason=HeldFor.LEGAL)
    assert status_of(submission).title == "It is with the editors"


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (State.QUEUED, "We have not taken it up"),
        (State.SPAM, "We have not taken it up"),
        (State.ACCEPTED, "It is with the editors"),
    ],
)
def test_silence_means_no_unless_it_was_taken_up(state, title):
    submission = factories.make_submission(state, by=factories.make_user())
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert status_of(submission).title == title


def test_decline_is_told_once_it_can_no_longer_be_undone():
    submission = factories.make_submission(State.DECLINED, by=factories.make_user())
    assert status_of(submission).title == "It is with the editors"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert status_of(submission).title == "We will not run it"


def test_proof_says_that_it_is_the_writers_turn():
    submission = factories.make_submission(State.ACCEPTED, kind=Kind.OPINION)
    lifecycle.move(submission, State.PROOF, by=factories.make_user(), expecting=submission.version)
    assert status_of(submission).title == "It is your turn"


def test_published_one_links_to_its_page():
    submission, piece = published()
    status = status_of(submission)
    assert (status.title, status.link, status.link_text) == ("It is published", piece.get_absolute_url(), "Read it")
    assert (status.can_withdraw, status.can_restore) == (False, False)


def test_one_that_ran_in_print_says_where():
    submission, _ = published(ran_in="page 4, 24 November")
    assert status_of(submission).lines == ("It ran in page 4, 24 November.",)


def test_retracted_one_links_to_the_page_that_says_why():
    submission, piece = published()
    retract(piece, by=factories.make_user("Chief editor", "second"), reason="It was not the writer's own.")
    submission.refresh_from_db()
    status = status_of(submission)
    assert (status.title, status.link) == ("It was published, and taken back", piece.get_absolute_url())


def test_withdrawn_one_may_come_back_for_a_day():
    submission = factories.make_submission(State.QUEUED)
    withdraw(submission, by=Party.WRITER, expecting=submission.version)
    assert (status_of(submission).can_restore, "until" in status_of(submission).lines[0]) == (True, True)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        status = status_of(submission)
    assert (status.can_restore, status.lines[0][:18]) == (False, "We will not run it")


def test_length_is_noted_while_it_may_still_matter():
    submission = factories.make_submission(State.QUEUED, body="word " * 251)
    assert status_of(submission).notes == ("It has 251 of 250 words: we may cut it, or ask you to.",)
    lifecycle.move(submission, State.ACCEPTED, by=factories.make_user(), expecting=submission.version)
    assert status_of(submission).notes == ()
