import threading

import pytest
from django.db import connection

from submissions import storage
from submissions.intake.receive import File, receive
from submissions.models import (
    Attachment,
    Channel,
    Finding,
    HousePolicy,
    Kind,
    Noticed,
    Party,
    QueueCount,
    Revision,
    Severity,
    Submission,
    Writer,
)
from submissions.models.revision import text_sha256
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def arrive(**fields):
    return receive(factories.make_arrival(**fields), by=Party.WRITER)


def test_arrival_is_stored_whole():
    submission, new = arrive(interests="I live beside it.", in_response_to="Bridge closed")
    revision = submission.current
    assert (new, submission.state, submission.version, submission.channel) == (True, "received", 0, "web")
    assert (submission.name, submission.email, submission.interests) == (
        "W. Prairie", "w.prairie@example.org", "I live beside it.",
    )  # fmt: skip
    assert (revision.headline, revision.body, revision.byline, revision.in_response_to) == (
        "Keep the footbridge open", factories.TEXT, "W. Prairie, Laramie", "Bridge closed",
    )  # fmt: skip
    assert revision.sha256 == text_sha256(
        "Keep the footbridge open", factories.TEXT, "W. Prairie, Laramie", "Bridge closed"
    )
    assert revision.words == 30


def test_consent_and_terms_are_stored_with_their_version():
    submission, _ = arrive()
    assert (submission.policy, submission.consented_at) == (
        HousePolicy.objects.get(kind="letter"), submission.received_at,
    )  # fmt: skip
    assert arrive(consented=False)[0].consented_at is None


def test_unsorted_arrival_is_held_to_the_letters_policy():
    submission, _ = arrive(kind=Kind.UNSORTED, channel=Channel.EMAIL)
    assert (submission.kind, submission.policy.kind) == ("unsorted", "letter")


def test_same_identity_is_the_same_submission():
    first, _ = arrive(identity="a" * 64, files=(File(name="a.txt", content=b"one", media_type="text/plain"),))
    again, new = arrive(identity="a" * 64, body="Other words.")
    assert (again, new) == (first, False)
    assert (Submission.objects.count(), Revision.objects.count(), Attachment.objects.count()) == (1, 1, 1)
    assert QueueCount.objects.get().count == 1


def test_same_text_under_another_identity_is_another_submission():
    assert arrive()[0] != arrive()[0]
    assert Submission.objects.values("text_hash").distinct().count() == 1


def test_files_are_kept_with_what_their_bytes_say():
    files = (
        File(name="bridge.jpg", content=b"\xff\xd8\xff", media_type="image/jpeg"),
        File(name="copy.jpg", content=b"\xff\xd8\xff", media_type="image/jpeg"),
    )
    submission, _ = arrive(files=files)
    assert [(row.name, row.media_type, row.size) for row in submission.attachments.all()] == [
        ("bridge.jpg", "image/jpeg", 3), ("copy.jpg", "image/jpeg", 3),
    ]  # fmt: skip
    one, two = submission.attachments.all()
    assert (one.file, storage.read(one.file)) == (two.file, b"\xff\xd8\xff")


def test_what_the_door_noticed_is_a_finding_of_revision_0():
    noticed = Noticed(rule="honeypot", severity=Severity.STOP, message="A trap was filled.", data={"field": "url"})
    submission, _ = arrive(findings=(noticed,))
    finding = Finding.objects.get()
    assert (finding.rule, finding.severity, finding.message, finding.data) == (
        "honeypot", "stop", "A trap was filled.", {"field": "url"},
    )  # fmt: skip
    assert (finding.revision, finding.policy) == (submission.current, submission.policy)


def test_writer_is_known_again_by_address_whatever_its_case():
    first, _ = arrive(email="Will@Example.org")
    again, _ = arrive(email="will@example.ORG", name="William Prairie")
    assert (again.writer, Writer.objects.count()) == (first.writer, 1)
    assert (again.writer.name, again.writer.email) == ("W. Prairie", "will@example.org")


def test_writer_without_address_is_known_again_by_phone_and_name():
    first, _ = arrive(email="", phone="+13075550134")
    again, _ = arrive(email="", phone="+13075550134", name="w. prairie")
    other, _ = arrive(email="", phone="+13075550134", name="A. Prairie")
    assert (again.writer, other.writer != first.writer) == (first.writer, True)


def test_writers_without_address_and_phone_are_never_taken_for_one_another():
    assert arrive(email="", channel=Channel.DESK)[0].writer != arrive(email="", channel=Channel.DESK)[0].writer


def test_full_disk_stores_nothing(monkeypatch):
    def full(_content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "keep", full)
    with pytest.raises(OSError, match="No space"):
        arrive(files=(File(name="a.txt", content=b"x", media_type="text/plain"),))
    assert (Submission.objects.count(), Writer.objects.count()) == (0, 0)


def test_failure_at_the_last_step_stores_nothing(monkeypatch):
    monkeypatch.setattr("submissions.intake.receive.ring", lambda _stage: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        arrive()
    assert (Submission.objects.count(), Writer.objects.count(), QueueCount.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("email", ["w.prairie@example.org", ""])
def test_fifty_at_once_are_one_submission(email):
    arrivals = [factories.make_arrival(identity="b" * 64, email=email, phone="+13075550134") for _ in range(50)]
    made, start = [], threading.Barrier(10)

    def post(mine):
        start.wait()
        made.extend(receive(arrival, by=Party.WRITER) for arrival in mine)
        connection.close()

    threads = [threading.Thread(target=post, args=(arrivals[n::10],)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [new for _, new in made].count(True) == 1
    assert (len(made), {submission.pk for submission, _ in made}) == (50, {Submission.objects.get().pk})
    assert Writer.objects.count() == 1
    assert QueueCount.objects.get(kind="letter", state="received").count == 1


@pytest.mark.django_db(transaction=True)
def test_many_different_letters_of_one_new_writer_at_once_have_one_writer():
    start, failed = threading.Barrier(8), []

    def post():
        start.wait()
        try:
            arrive()
        except Exception as error:
            failed.append(error)
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, Submission.objects.count(), Writer.objects.count()) == ([], 8, 1)
    assert QueueCount.objects.get().count == 8
