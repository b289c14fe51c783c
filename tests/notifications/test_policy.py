from datetime import timedelta

import pytest
from django.utils import timezone

from submissions.models import Channel, Notification
from submissions.notifications.policy import answers_left, may_answer
from submissions.states import State
from tests import factories
from tests.notifications.mails import owe_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


@pytest.mark.parametrize("address", ["ann@example.org", "replying@example.org", "listen@example.org", "no@example.org"])
def test_people_are_answered(address):
    assert may_answer(address)


@pytest.mark.parametrize(
    "local",
    [
        *("noreply", "no-reply", "No_Reply", "donotreply", "do-not-reply", "noreply+x1", "no-reply-letters"),
        *("MAILER-DAEMON", "postmaster", "bounce", "bounces+123", "bounces-ann=x.example"),
        *("owner-news", "news-request", "news-owner", "news-bounces", "majordomo", "listserv"),
    ],
)
def test_machines_are_not_answered(local):
    assert not may_answer(f"{local}@example.org")


@pytest.mark.parametrize(
    "address", [None, "", "a@b.example, c@d.example", "LETTERS@wyomingstar.example", "tips@wyomingstar.example"]
)
def test_nobody_and_ourselves_are_not_answered(address):
    assert not may_answer(address)


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({}, False),
        ({"created_at": timezone.now() - timedelta(minutes=61)}, True),
        ({"state": "failed"}, True),
        ({"state": "cancelled"}, True),
        ({"template": "decline"}, True),
    ],
)
def test_a_mail_is_answered_unless_one_was_within_the_hour(changed, left):
    submission = factories.make_submission(State.UNCONFIRMED, channel=Channel.EMAIL)
    owe_one(submission=submission)
    Notification.objects.update(**changed)
    assert answers_left(submission, submission.email.upper()) == left
