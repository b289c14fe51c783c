"""Many editors at once: one decision, and a clear word to all the others."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from submissions.models import Event, Notification, QueueCount
from submissions.states import State
from tests import factories
from tests.moderation.conftest import DESK

EDITORS = 20
DECISIONS = [
    ("shortlist", {}),
    ("accept", {}),
    ("decline", {"reason": "space", "write": "on"}),
    ("hold", {"reason": "call"}),
    ("spam", {}),
]


@pytest.mark.django_db(transaction=True)
def test_twenty_decisions_at_once_are_one_and_nineteen_are_told():
    factories.make_house()
    submission = factories.make_submission(State.QUEUED)
    editors = [factories.make_user(name=f"editor{number}") for number in range(EDITORS)]
    before = Event.objects.count()

    with ThreadPoolExecutor(EDITORS) as pool:
        answers = list(pool.map(decide, editors, [submission] * EDITORS, range(EDITORS)))

    assert Counter(status for status, _ in answers) == {302: 1, 409: EDITORS - 1}
    assert all("Somebody has changed this submission" in page for status, page in answers if status == 409)
    assert Event.objects.count() == before + 1
    submission.refresh_from_db()
    assert sum(QueueCount.objects.values_list("count", flat=True)) == 1
    assert QueueCount.objects.get(state=submission.state).count == 1
    assert Notification.objects.count() == (submission.state == State.DECLINED)


def decide(editor, submission, number):
    """One editor's decision, with a database connection of its own."""
    client = Client()
    client.force_login(editor)
    action, fields = DECISIONS[number % len(DECISIONS)]
    try:
        response = client.post(f"{DESK}{submission.pk}/{action}/", {"expecting": submission.version, **fields})
    finally:
        connection.close()
    return response.status_code, response.content.decode()
