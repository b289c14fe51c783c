from datetime import timedelta

import pytest
from django.utils import timezone

from submissions import lifecycle
from submissions.models import Notification
from submissions.moderation import lapsing, tasks
from submissions.moderation.lapsing import lapse
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db


def unconfirmed(days, **fields):
    return factories.make_submission(received_at=timezone.now() - timedelta(days=days), **fields)


def test_unconfirmed_ones_lapse_in_silence_after_the_policys_days(house):
    old, young = unconfirmed(8), unconfirmed(6)
    assert lapse() == 1
    for submission in (old, young):
        submission.refresh_from_db()
    event = old.events.latest("pk")
    assert (old.state, young.state) == (State.DECLINED, State.UNCONFIRMED)
    assert (event.party, event.data["reason"]) == ("system", "lapsed")
    assert not Notification.objects.exists()


def test_safety_cases_and_claimed_ones_stay(letters_editor):
    pinned, claimed = unconfirmed(30), unconfirmed(30)
    type(pinned).objects.filter(pk=pinned.pk).update(pinned=True)
    type(pinned).objects.filter(pk=claimed.pk).update(assignee=letters_editor)
    assert lapse() == 0


def test_what_an_editor_decides_meanwhile_is_the_editors(house, monkeypatch):
    unconfirmed(8)

    def too_late(*_args, **_kwargs):
        raise lifecycle.StaleSubmission

    monkeypatch.setattr(lapsing, "move", too_late)
    assert lapse() == 0


def test_the_task_rings_again_where_more_waits(house, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks, "BATCH", 2)
    monkeypatch.setattr(tasks, "ring", rung.append)
    for _ in range(3):
        unconfirmed(8)
    tasks.moderation()
    tasks.moderation()
    assert rung == ["moderation"]
    assert not lapse()
