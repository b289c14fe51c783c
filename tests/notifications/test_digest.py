from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail

from submissions.lifecycle import move
from submissions.models import Kind, Notification, Paper
from submissions.notifications.contexts import NoLongerOwed
from submissions.notifications.deliver import deliver
from submissions.notifications.digest import Line, new_for, queue_digests
from submissions.notifications.tasks import notifications
from submissions.states import State
from tests import factories
from tests.notifications.mails import mail_of, standing

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def editor(clock, house):
    return factories.make_user("Letters editor")


def later(clock, **passed):
    clock.shift(timedelta(**passed))


def arrive(n=1, **fields):
    return factories.make_submission(State.QUEUED, body=f"Text {n}", email=f"writer{n}@example.org", **fields)


def test_an_editor_hears_of_what_is_new(clock, editor):
    arrive(1)
    arrive(2)
    arrive(3, kind=Kind.UNSORTED)
    later(clock, minutes=1)
    assert queue_digests() == 1
    (digest,) = Notification.objects.all()
    assert digest.user == editor
    assert new_for(digest) == [Line(Kind.LETTER, 2, MORNING), Line(Kind.UNSORTED, 1, MORNING)]


def test_a_digest_in_words(clock, editor):
    User.objects.update(email="editor@example.org")
    arrive(1)
    arrive(2)
    later(clock, minutes=1)
    notifications()
    deliver()
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("2 new in your queue", ["editor@example.org"])
    assert "2 letters, the oldest from 23 November, 08:00" in message.body
    assert "/admin/submissions/submission/" in message.body


def test_nothing_new_no_mail(clock):
    later(clock, minutes=1)
    assert queue_digests() == 0


def test_an_editor_hears_at_most_once_in_the_papers_minutes(clock):
    arrive(1)
    later(clock, minutes=1)
    queue_digests()
    arrive(2)
    later(clock, minutes=58)
    assert queue_digests() == 0
    later(clock, minutes=2)
    assert queue_digests() == 1
    assert [line.count for line in new_for(Notification.objects.latest("pk"))] == [1]


def test_what_was_told_is_not_told_again(clock):
    arrive(1)
    later(clock, minutes=1)
    queue_digests()
    later(clock, hours=3)
    assert (queue_digests(), Notification.objects.count()) == (0, 1)


def test_what_arrives_while_a_digest_is_made_is_told_in_the_next(clock):
    arrive(1)
    later(clock, minutes=1)
    arrive(2)
    queue_digests()
    assert [line.count for line in new_for(Notification.objects.get())] == [1]
    later(clock, minutes=Paper.current().digest_minutes)
    queue_digests()
    assert [line.count for line in new_for(Notification.objects.latest("pk"))] == [1]


def test_editors_hear_of_what_they_may_judge_only(clock, editor):
    opinion = factories.make_user("Opinion editor")
    factories.make_user("Administrator")
    arrive(1, kind=Kind.OPINION)
    later(clock, minutes=1)
    queue_digests()
    assert standing("user") == [opinion.pk]


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}, {"is_staff": False}])
def test_accounts_that_cannot_act_or_be_reached_hear_nothing(clock, editor, change):
    User.objects.filter(pk=editor.pk).update(**change)
    arrive(1)
    later(clock, minutes=1)
    assert queue_digests() == 0


def test_what_was_seen_to_meanwhile_is_told_no_more(clock, editor):
    submission = arrive(1)
    later(clock, minutes=1)
    queue_digests()
    move(submission, State.SHORTLISTED, by=editor, expecting=submission.version)
    with pytest.raises(NoLongerOwed):
        mail_of(Notification.objects.get())


def test_a_digest_to_nobody_holds_nothing(clock, editor):
    arrive(1)
    later(clock, minutes=1)
    queue_digests()
    Notification.objects.update(user=None)
    assert new_for(Notification.objects.get()) == []


def test_a_new_account_hears_of_what_came_since_it_was_made(clock):
    arrive(1)
    later(clock, hours=2)
    queue_digests()
    later(clock, minutes=1)
    chief = factories.make_user("Chief editor")
    arrive(2)
    later(clock, minutes=1)
    queue_digests()
    digest = Notification.objects.get(user=chief)
    assert [line.count for line in new_for(digest)] == [1]


def test_queries_do_not_grow_with_the_queue(clock, django_assert_max_num_queries):
    for n in range(3):
        arrive(n)
    later(clock, minutes=1)
    with django_assert_max_num_queries(12):
        queue_digests()
