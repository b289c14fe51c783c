from datetime import timedelta

import pytest
from django.utils import timezone

from submissions.models import Channel, Notification, Paper
from submissions.notifications.policy import ANSWERS_A_DAY, answers_left, may_answer
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
    assert answers_left(submission, submission.email.upper(), Paper.current()) == left


def left(submission):
    return answers_left(submission, submission.email, Paper.current())


def test_an_address_is_answered_ten_times_a_day():
    submission = factories.make_submission(State.UNCONFIRMED)
    for n in range(ANSWERS_A_DAY):
        owe_one(n, submission=submission)
    earlier = Notification.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert (earlier, left(submission)) == (ANSWERS_A_DAY, False)
    Notification.objects.filter(key="acknowledgement:0").update(created_at=timezone.now() - timedelta(hours=25))
    assert left(submission)


def test_the_paper_answers_so_many_in_an_hour_whoever_writes():
    submission = factories.make_submission(State.UNCONFIRMED, channel=Channel.EMAIL)
    owe_one(1), owe_one(2)
    for most, expected in ((2, False), (3, True), (0, False)):
        Paper.objects.update(answers_per_hour=most)
        assert left(submission) == expected
    Paper.objects.update(answers_per_hour=2)
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert left(submission)


def test_the_counts_cost_three_queries(django_assert_num_queries):
    submission, paper = factories.make_submission(State.UNCONFIRMED), Paper.current()
    with django_assert_num_queries(3):
        assert answers_left(submission, submission.email, paper)
