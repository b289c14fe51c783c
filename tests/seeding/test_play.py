import dataclasses
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from submissions import doorbell
from submissions.intake.email.accept import Envelope, accept
from submissions.models import Door, Notification, RawMessage, Submission
from submissions.models.leased import lease
from submissions.notifications.outbox import queue
from submissions.seeding.accounts import load_accounts
from submissions.seeding.house import load_house
from submissions.seeding.mails import Delivery, Mailbox, deliver, read_deliveries
from submissions.seeding.pieces import Piece, Step, read_pieces
from submissions.seeding.play import in_silence, play
from submissions.states import State
from tests import factories
from tests.seeding.conftest import QUICK_HASHERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(settings):
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    load_house()
    load_accounts(timezone.now())
    return timezone.localtime()


def piece(*steps: Step, **fields: object) -> Piece:
    """A letter received two hours ago, as the first file has it, with other steps."""
    first = next(piece for piece in read_pieces() if piece.slug == "crosswalk")
    return dataclasses.replace(first, **{"received": "2h", "then": steps, **fields})


def test_steps_are_taken_in_order_and_never_ahead_of_time(today):
    steps = [
        Step(at="2h", do="confirm"),
        Step(at="3h", do="sort", by="letters", kind="opinion"),
        Step(at="+1d 06:00", do="claim", by="opinion"),
    ]
    play([piece(*steps)], today)

    submission = Submission.objects.get()
    minutes = [round((today - event.at).total_seconds() / 60) for event in submission.events.order_by("pk")]
    assert minutes == [120, 120, 119, 118, 0]
    assert (submission.state, submission.kind, submission.assignee.username) == (State.QUEUED, "opinion", "opinion")


def test_a_step_that_fails_leaves_nothing_and_says_where(today):
    wrong = Step(at="1h", do="edit", by="letters", change=[["no such words", ""]])
    with pytest.raises(ValueError, match="the text has no 'no such words'") as caught:
        play([piece(wrong)], today)
    assert "do='edit'" in caught.value.__notes__[0]
    assert Submission.objects.count() == 0


def test_unknown_step_is_refused(today):
    with pytest.raises(KeyError):
        play([piece(Step(at="1h", do="frobnicate"))], today)


def test_only_what_is_missing_is_played(today):
    assert play([piece()], today) == 1
    assert play([piece(), piece(slug="another")], today) == 1
    assert play([piece(), piece(slug="another")], today) == 0
    assert Submission.objects.count() == 2


def test_old_mails_are_marked_as_sent_and_young_ones_stay_owed(today):
    play(
        [piece(), piece(slug="another", received="5m", writer={**piece().writer, "email": "o.sage@rangeland.example"})],
        today,
    )

    old, young = Notification.objects.order_by("created_at")
    assert (old.state, old.attempts, old.sent_at - old.send_after) == ("sent", 1, timedelta(seconds=7))
    assert (young.state, young.attempts, young.sent_at) == ("owed", 0, None)


def test_mails_of_others_are_left_alone(today):
    submission = factories.make_submission()
    theirs = queue("published", to="a@b.example", key="theirs", submission=submission, after=today - timedelta(days=9))
    play([piece()], today)
    theirs.refresh_from_db()
    assert theirs.state == "owed"


def test_stages_are_rung_once_at_the_end():
    with mock.patch.object(doorbell, "current_app") as bells:
        with in_silence():
            doorbell.ring_all()
            doorbell.ring_all()
            assert bells.send_task.call_count == 0
        assert bells.send_task.call_count == len(doorbell.STAGES)


def test_nothing_loaded_rings_nobody():
    with mock.patch.object(doorbell, "current_app") as bells, in_silence():
        pass
    assert bells.send_task.call_count == 0


def mail(**fields: object) -> Delivery:
    play(
        [found for found in read_pieces() if found.slug in ("ode-to-the-plow", "concerned-resident-chugwater")],
        timezone.localtime(),
    )
    first = next(found for found in read_deliveries() if found.mailbox.kind == "letter" and found.then)
    return dataclasses.replace(first, **fields)


def test_a_mail_is_delivered_once(today):
    one = mail()
    assert deliver([one], today) == 1
    assert deliver([one], today) == 0
    message = RawMessage.objects.get()
    assert (message.outcome, message.door, message.submission.state) == ("submission", "lmtp", "shortlisted")


def test_a_mail_that_a_worker_took_first_is_left_to_it(today):
    one = mail()

    def taken(*args: object) -> list[RawMessage]:
        lease(RawMessage.objects.awaiting_parse(), 1, 60)
        return []

    with mock.patch("submissions.seeding.mails.lease", taken):
        assert deliver([one], today) == 1
    assert RawMessage.objects.get().outcome == "waiting"


def test_a_mail_to_another_mailbox_is_another_delivery(today):
    one = mail()
    accept(
        Envelope(
            door=Door.PIPE, sender=None, mailboxes=(Mailbox(address="x@wyomingstar.example", kind=one.mailbox.kind),)
        ),
        one.raw,
    )
    assert not one.messages().exists()


def test_accounts_that_exist_keep_their_password(today):
    assert load_accounts(today) == []
