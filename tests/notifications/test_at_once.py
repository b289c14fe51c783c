from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from submissions.models import Notification, Submission
from submissions.notifications.deliver import deliver
from submissions.screening.line import screen_received
from submissions.states import State
from tests import factories
from tests.notifications.mails import FailingBackend, owe_one, owed_row, standing

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


@pytest.fixture(autouse=True)
def _house(settings, monkeypatch):
    factories.make_house()
    settings.EMAIL_BACKEND = "tests.notifications.mails.FailingBackend"
    monkeypatch.setattr(FailingBackend, "sent", [])


def all_at_once(work):
    def alone(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(alone, range(WORKERS)))


def test_workers_at_once_send_each_mail_once():
    for n in range(30):
        owe_one(n)
    all_at_once(lambda number: deliver())
    assert set(Counter(message.to[0] for message in FailingBackend.sent).values()) == {1}
    assert standing("state") == ["sent"] * 30


def test_one_key_owed_at_once_is_one_mail():
    rows = all_at_once(lambda number: owed_row("reference", to="ann@example.org", key="one").pk)
    assert (len(set(rows)), Notification.objects.count()) == (1, 1)


def test_workers_at_once_screen_each_letter_once():
    for n in range(20):
        factories.make_submission(State.RECEIVED, body=f"Text {n}", email=f"writer{n}@example.org")
    all_at_once(lambda number: screen_received())
    assert set(Submission.objects.values_list("state", "version", "findings__rule")) == {("unconfirmed", 1, "words")}
    assert Notification.objects.count() == 20
