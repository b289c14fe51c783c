from datetime import UTC, datetime

import pytest
import time_machine
from django.db import OperationalError

from submissions.intake.email import importing
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.email.archives import Found
from submissions.intake.email.importing import FOR_TIPS, Import, imported, mailbox_of
from submissions.intake.email.read import bytes_of
from submissions.models import (
    ConfirmedHow,
    Door,
    Kind,
    Noticed,
    Notification,
    Party,
    RawMessage,
    Severity,
    Submission,
)
from submissions.moderation.verification import confirm
from submissions.notifications.digest import new_for, queue_digests
from submissions.screening.actions import screen
from submissions.states import State
from tests import factories
from tests.intake.email.mails import LETTERS, arrive, mail

pytestmark = pytest.mark.django_db

OPINION = "opinion@wyomingstar.example"
TIPS = "tips@wyomingstar.example"


def _found(*raws):
    return [Found(place=f"message {number}", raw=raw, passed=len(raw)) for number, raw in enumerate(raws)]


def _run(*raws, **options):
    run = Import(**options)
    run.run(_found(*raws))
    return run.stored, run.known, run.troubles


def test_imported_mail_is_kept_as_it_was_found():
    raw = b"\x00\xff From nobody\r\n.\r\n\x80"
    assert _run(raw) == (1, 0, [])
    row = RawMessage.objects.get()
    assert (bytes_of(row), row.door, row.envelope_from, row.envelope_to) == (raw, Door.IMPORT, None, LETTERS)


def test_a_second_run_imports_nothing():
    raws = [mail(number, Message_ID=f"<{number}@example.org>") for number in ("a", "b", "c")]
    assert _run(*raws) == (3, 0, [])
    assert _run(*raws) == (0, 3, [])
    assert RawMessage.objects.count() == 3


@pytest.mark.parametrize("batch", [1, 2, 100])
@pytest.mark.parametrize("dry_run", [True, False])
def test_the_same_message_twice_in_an_archive_is_one(monkeypatch, batch, dry_run):
    monkeypatch.setattr(importing, "BATCH", batch)
    assert _run(mail("a"), mail("b"), mail("a"), mail("a"), dry_run=dry_run) == (2, 2, [])
    assert RawMessage.objects.count() == (0 if dry_run else 2)


def test_what_came_by_another_door_or_to_another_mailbox_is_no_repeat():
    arrive(mail())
    assert _run(mail()) == (1, 0, [])
    assert _run(mail(), to=find_mailbox(OPINION)) == (1, 0, [])


def test_a_run_that_breaks_off_is_taken_up_by_the_next(monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    raws = [mail(number) for number in "abcde"]

    def breaking_off():
        yield from _found(*raws[:3])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Import().run(breaking_off())
    assert RawMessage.objects.count() == 2
    assert _run(*raws) == (3, 2, [])
    assert [bytes_of(row) for row in RawMessage.objects.order_by("pk")] == raws


def test_batches_are_commits_and_rings(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(importing, "BATCH_BYTES", 2 * len(mail("a")))
    stored, passed = [], []
    monkeypatch.setattr(importing, "store", lambda rows: stored.append(len(list(rows))))
    with django_capture_on_commit_callbacks() as rings:
        Import().run(_found(*(mail(number) for number in "abcde")), passed.append)
    assert (stored, passed) == ([2, 2, 1], [len(mail("a"))] * 5)
    assert len(rings) == 1, "in one transaction; each batch rings otherwise"


def test_a_database_that_takes_nothing_stops_it(monkeypatch):
    monkeypatch.setattr(importing, "store", lambda _: (_ for _ in ()).throw(OperationalError("disk full")))
    with pytest.raises(OperationalError):
        _run(mail())


def test_what_could_not_be_read_is_told():
    run = Import()
    run.run([Found(place="x.eml", raw=None, trouble="empty"), *_found(mail())])
    assert (run.stored, run.troubles) == (1, [("x.eml", "empty")])


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, LETTERS),
        ({"To": "someone@else.example"}, LETTERS),
        ({"To": f"Ann <ann@else.example>, Opinion <{OPINION.upper()}>"}, OPINION),
        ({"Cc": "opinion+x@wyomingstar.example"}, OPINION),
        ({"Delivered_To": OPINION, "To": LETTERS}, OPINION),
        ({"X_Original_To": OPINION, "To": LETTERS}, OPINION),
        ({"Envelope_To": f"<{OPINION}>", "To": TIPS}, OPINION),
        ({"To": TIPS}, None),
        ({"Delivered_To": TIPS, "To": LETTERS}, None),
        ({"To": "=?utf-8?q?broken, <<>>"}, LETTERS),
    ],
)
def test_the_mailbox_is_the_one_that_the_message_names(fields, address):
    mailbox = mailbox_of(mail("x", **fields))
    assert (mailbox and mailbox.address) == address


def test_mail_to_the_tips_desk_is_not_kept_in_the_open():
    assert _run(mail(To=TIPS)) == (0, 0, [("message 0", FOR_TIPS)])
    assert not RawMessage.objects.exists()


def test_the_finding_says_that_nobody_was_told():
    run = Import(to=find_mailbox(OPINION))
    run.run(_found(mail()))
    found = imported(RawMessage.objects.get(kind=Kind.OPINION))
    assert [(one.rule, one.severity) for one in found] == [("imported", Severity.INFO)]
    assert imported(arrive(mail())) == ()


IMPORTED = Noticed(rule="imported", severity=Severity.INFO, message="Imported.")


def _screened(*findings, **fields):
    submission = factories.make_submission(State.RECEIVED, findings=findings, **fields)
    screen(submission)
    submission.refresh_from_db()
    return submission


@pytest.mark.parametrize(("findings", "mails"), [((), ["acknowledgement", "safety"]), ((IMPORTED,), [])])
def test_imported_mail_is_neither_acknowledged_nor_an_alarm(house, findings, mails):
    factories.make_user("Chief editor")
    submission = _screened(*findings, body="I am going to kill myself tonight.")
    assert submission.pinned
    assert sorted(Notification.objects.values_list("template", flat=True)) == mails


def test_a_threat_in_a_mail_that_is_not_answered_is_an_alarm(house):
    factories.make_user("Chief editor")
    _screened(Noticed(rule="no_answer", severity=Severity.INFO, message="x"), body="I will kill you")
    assert list(Notification.objects.values_list("template", flat=True)) == ["safety"]


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 15, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_imported_mail_is_not_news_to_the_editors(clock, house):
    factories.make_user("Letters editor")
    for number, findings in enumerate([(IMPORTED,), ()]):
        submission = _screened(*findings, email=f"writer{number}@example.org")
        confirm(submission.writer, ConfirmedHow.LINK, by=Party.WRITER)
    clock.shift(60)
    assert (queue_digests(), Submission.objects.filter(state=State.QUEUED).count()) == (1, 2)
    assert [line.count for line in new_for(Notification.objects.get(template="digest"))] == [1]


def test_a_queue_of_imported_mail_alone_makes_no_digest(clock, house):
    factories.make_user("Letters editor")
    confirm(_screened(IMPORTED).writer, ConfirmedHow.LINK, by=Party.WRITER)
    clock.shift(60)
    assert (queue_digests(), Submission.objects.get().state) == (0, State.QUEUED)
