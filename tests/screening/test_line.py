from datetime import timedelta

import pytest
from django.utils import timezone

from submissions import doorbell
from submissions.lifecycle import revise, sort
from submissions.models import Kind, Notification, Party, Revision, Submission
from submissions.screening import line
from submissions.screening.tasks import screening
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.fixture
def rings(monkeypatch):
    """The stages that were rung, in order."""
    rung = []
    monkeypatch.setattr(line, "ring", rung.append)
    monkeypatch.setattr(doorbell, "ring", rung.append)
    return rung


def received(**fields):
    return factories.make_submission(State.RECEIVED, **fields)


def states():
    return sorted(Submission.objects.values_list("state", flat=True))


def let_leases_lapse():
    Submission.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def fail(*args, **kwargs):
    raise RuntimeError("strange text")


def test_what_waits_is_screened_with_one_ring(rings):
    for n in range(3):
        received(body=f"Text {n}", email=f"{n}@example.org")
    screening()
    assert states() == ["unconfirmed"] * 3
    assert Notification.objects.filter(template="acknowledgement").count() == 3
    assert rings == ["notifications"]
    assert set(Submission.objects.values_list("attempts", "leased_until")) == {(0, None)}


def test_two_workers_screen_each_letter_once(rings):
    received()
    first = line._lease_batch()
    screening()
    line._work(first[0], None)
    submission = Submission.objects.get()
    assert (submission.findings.count(), submission.version) == (1, 1)


def test_a_worker_that_lost_its_lease_changes_nothing(rings):
    received()
    late = line._lease_batch()
    let_leases_lapse()
    screening()
    line._work(late[0], None)
    assert Submission.objects.get().findings.count() == 1


def test_a_letter_that_cannot_be_screened_goes_on_after_three_attempts(rings, monkeypatch):
    received()
    monkeypatch.setattr(line, "load", fail)
    for expected in ("received", "received", "unconfirmed"):
        screening()
        let_leases_lapse()
        assert states() == [expected]
    found = Submission.objects.get().findings.get()
    assert (found.rule, found.data) == ("screening_failed", {"check": "", "error": "RuntimeError"})
    assert Notification.objects.filter(template="acknowledgement").count() == 1


def test_a_letter_that_kills_its_worker_goes_on_unchecked(rings):
    received()
    for _ in range(line.ATTEMPTS):
        line._lease_batch()
        let_leases_lapse()
    screening()
    submission = Submission.objects.get()
    assert (submission.state, submission.findings.get().data["error"]) == ("unconfirmed", "NeverFinished")


def test_one_strange_letter_does_not_keep_the_others(rings, monkeypatch):
    strange = received(body="strange")
    received(body="plain", email="other@example.org")
    whole = line.load

    def load(batch):
        return fail() if strange.pk in {row.pk for row in batch} else whole(batch)

    monkeypatch.setattr(line, "load", load)
    screening()
    assert states() == ["received", "unconfirmed"]


def test_when_even_handing_on_fails_the_letter_stays_received(rings, monkeypatch):
    received()
    monkeypatch.setattr(line, "settle", fail)
    for _ in range(line.ATTEMPTS + 1):
        screening()
        let_leases_lapse()
    assert states() == ["received"]


def test_a_letter_withdrawn_meanwhile_is_left_alone(rings):
    submission = received()
    batch = line._lease_batch()
    factories.move(submission, State.WITHDRAWN, by=Party.WRITER, expecting=0)
    line._work(batch[0], None)
    submission.refresh_from_db()
    assert (submission.state, submission.findings.count(), submission.leased_until) == ("withdrawn", 0, None)


def test_retries_are_taken_one_by_one(rings):
    for n in range(3):
        received(body=f"Text {n}")
    assert len(line._lease_batch()) == 3
    let_leases_lapse()
    assert len(line._lease_batch()) == 1


def test_when_time_is_up_the_rest_is_rung_for(rings):
    received()
    line.screen_received(seconds=0)
    assert (states(), rings) == (["received"], ["screening"])


def test_an_edited_text_is_screened_once(rings):
    submission = factories.make_submission(State.QUEUED)
    editor = factories.make_user()
    revise(submission, Revision(headline="", body="word " * 300, byline=""), by=editor, expecting=2)
    screening()
    screening()
    assert list(submission.findings.values_list("message", "revision__number")) == [("300 of 250 words", 1)]


def test_a_sorted_piece_is_held_to_the_rules_of_its_kind(rings):
    submission = received(kind=Kind.UNSORTED, body="word " * 300)
    screening()
    submission.refresh_from_db()
    sort(submission, Kind.OPINION, by=factories.make_user(), expecting=submission.version)
    screening()
    assert list(submission.findings.values_list("message", "policy__kind")) == [("300 of 800 words", "opinion")]


def test_an_edit_that_cannot_be_screened_keeps_no_other_waiting(rings, monkeypatch):
    editor = factories.make_user()
    for n in range(2):
        submission = factories.make_submission(State.QUEUED, body=f"Text {n}", email=f"{n}@example.org")
        revise(submission, Revision(headline="", body=f"{n} words", byline=""), by=editor, expecting=2)
    whole = line.rescreen
    monkeypatch.setattr(line, "rescreen", lambda row: fail() if row.pk == submission.pk - 1 else whole(row))
    screening()
    assert list(submission.findings.values_list("rule", flat=True)) == ["words"]


def test_a_worker_that_lost_its_lease_hands_nothing_on(rings):
    received()
    late = line._lease_batch()
    Submission.objects.update(lease_token=None)
    line._go_on(late[0], RuntimeError())
    assert (states(), Submission.objects.get().findings.count()) == (["received"], 0)


def test_what_another_worker_screened_meanwhile_is_left_alone(rings, monkeypatch):
    editor = factories.make_user()
    for n in range(2):
        submission = factories.make_submission(State.QUEUED, body=f"Text {n}", email=f"{n}@example.org")
        revise(submission, Revision(headline="", body=f"{n} words", byline=""), by=editor, expecting=2)
    whole, screened = line.rescreen, []

    def both(row):
        screened.append(row.pk)
        for each in Submission.objects.all():
            whole(each)

    monkeypatch.setattr(line, "rescreen", both)
    screening()
    assert screened == [submission.pk - 1]
