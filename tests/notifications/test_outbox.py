import pytest
from django.db import transaction
from django.utils import timezone

from submissions.models import Notification
from submissions.notifications import outbox
from submissions.notifications.outbox import queue
from tests.notifications.mails import owe_one, owed_row, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.fixture
def rings(monkeypatch):
    rung = []
    monkeypatch.setattr(outbox, "ring", rung.append)
    return rung


def test_a_queued_mail_is_a_row_and_a_ring(rings):
    owed = queue("reference", to="ann@example.org", key="reference:1", subject="Hm", text="Words")
    assert standing("key", "template", "to", "state", "subject", "text") == [
        ("reference:1", "reference", "ann@example.org", "owed", "Hm", "Words")
    ]
    assert (owed.message_id.endswith("@mailbag.wyomingstar.example>"), rings) == (True, ["notifications"])


def test_a_mail_is_owed_once_for_each_key(rings):
    first = queue("reference", to="ann@example.org", key="reference:1")
    again = queue("decline", to="bob@example.org", key="reference:1")
    assert (again.pk, again.message_id, again.to) == (first.pk, first.message_id, "ann@example.org")
    assert Notification.objects.count() == 1


def test_a_taken_key_leaves_the_callers_transaction_whole():
    owed_row("reference", to="ann@example.org", key="reference:1")
    with transaction.atomic():
        owed_row("reference", to="ann@example.org", key="reference:1")
        owed_row("reference", to="ann@example.org", key="reference:2")
    assert standing("key") == ["reference:1", "reference:2"]


@pytest.mark.parametrize("to", ["", None])
def test_without_an_address_nothing_is_owed(rings, to):
    assert queue("reference", to=to, key="reference:1") is None
    assert (standing("key"), rings) == ([], [])


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ("a@b.example, victim@x.example", "not one address"),
        ("ann@example.org\r\nBcc: victim@x.example", "not one address"),
        ("Letters@wyomingstar.example", "our own address"),
    ],
)
def test_what_cannot_be_mailed_is_a_failed_row(to, error):
    owed = owed_row("reference", to=to, key="reference:1")
    assert (owed.state, owed.error) == ("failed", error)
    assert list(Notification.objects.due()) == []


def test_a_mail_for_later_is_not_due_yet():
    later = timezone.now() + timezone.timedelta(minutes=10)
    owed = owe_one(after=later)
    assert owed.send_after == later
    assert list(Notification.objects.due()) == []
    assert list(Notification.objects.due(at=later)) == [owed]
