import pytest

from submissions.models import Kind, Notification, Outcome, RawMessage
from submissions.moderation.admin import mail
from submissions.notifications.outbox import queue
from submissions.states import State
from tests import factories
from tests.moderation.test_files import add_message

pytestmark = pytest.mark.django_db

MESSAGES = "/admin/submissions/rawmessage/"
OUTBOX = "/admin/submissions/notification/"


@pytest.fixture
def rung(monkeypatch):
    bells = []
    monkeypatch.setattr(mail, "ring", bells.append)
    return bells


def quarantined(**fields):
    return add_message(outcome=Outcome.QUARANTINE, reason="LookupError", **fields)


def failed(**fields):
    owed = queue("digest", to="ada@wyomingstar.example", key="digest:1", **fields)
    Notification.objects.filter(pk=owed.pk).update(state="failed", error="ConnectionError", attempts=5)
    return owed


def test_quarantine_stands_first_with_its_reason(chief_desk):
    bad, later = quarantined(), add_message(outcome=Outcome.BOUNCE)
    response = chief_desk.get(MESSAGES)
    assert [row.pk for row in response.context["cl"].result_list] == [bad.pk, later.pk]
    assert "LookupError" in response.content.decode()


def test_message_is_read_as_source_and_downloaded(chief_desk):
    message = quarantined()
    page = chief_desk.get(f"{MESSAGES}{message.pk}/change/").content.decode()
    assert "Subject: A [U+202E]gnirts" in page
    assert "Read it again" in page
    assert chief_desk.get(f"{MESSAGES}{message.pk}/download/").content.startswith(b"From:")


def test_replay_lets_the_parser_try_again_once(chief_desk, rung):
    message = quarantined(attempts=3)
    chief_desk.post(f"{MESSAGES}{message.pk}/replay/")
    message.refresh_from_db()
    assert (message.outcome, message.reason, message.attempts, rung) == ("waiting", "", 0, ["intake"])
    response = chief_desk.post(f"{MESSAGES}{message.pk}/replay/", follow=True)
    assert "not in quarantine any more" in response.content.decode()


def test_messages_of_submissions_that_are_not_theirs_are_hidden(client, house):
    client.force_login(factories.make_user("Administrator"))
    letter = factories.make_submission(State.QUEUED, kind=Kind.OPINION)
    linked, loose = add_message(letter), quarantined()
    assert [row.pk for row in client.get(MESSAGES).context["cl"].result_list] == [loose.pk]
    assert client.get(f"{MESSAGES}{linked.pk}/change/").status_code == 404


def test_failed_mail_is_sent_again_under_the_same_message_id(chief_desk, rung):
    owed = failed()
    assert "Send it again" in chief_desk.get(f"{OUTBOX}{owed.pk}/change/").content.decode()
    chief_desk.post(f"{OUTBOX}{owed.pk}/resend/")
    again = Notification.objects.get(pk=owed.pk)
    assert (again.state, again.attempts, again.error, again.message_id) == ("owed", 0, "", owed.message_id)
    assert rung == ["notifications"]
    assert "Only a mail that failed" in chief_desk.post(f"{OUTBOX}{owed.pk}/resend/", follow=True).content.decode()


def test_outbox_shows_what_failed_and_hides_what_is_not_theirs(client, house):
    client.force_login(factories.make_user("Administrator"))
    letter = factories.make_submission(State.QUEUED)
    hidden = queue("published", to="w@example.org", key="published:1", submission=letter)
    failed()
    page = client.get(OUTBOX)
    assert [row.key for row in page.context["cl"].result_list] == ["digest:1"]
    assert "ConnectionError" in page.content.decode()
    assert "open it to send it again" in page.content.decode()
    assert client.post(f"{OUTBOX}{hidden.pk}/resend/").status_code == 404


def test_who_may_only_look_changes_nothing(chief, chief_desk):
    group = chief.groups.get()
    group.permissions.remove(*group.permissions.filter(codename__in=["change_rawmessage", "change_notification"]))
    assert chief_desk.post(f"{MESSAGES}{quarantined().pk}/replay/").status_code == 403
    assert chief_desk.post(f"{OUTBOX}{failed().pk}/resend/").status_code == 403
    assert RawMessage.objects.get().outcome == "quarantine"


@pytest.mark.parametrize("address", [f"{MESSAGES}1/replay/", f"{OUTBOX}1/resend/"])
def test_looking_changes_nothing(chief_desk, address):
    assert chief_desk.get(address).status_code == 405
