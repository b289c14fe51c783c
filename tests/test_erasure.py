import pytest
from django.db import DatabaseError, transaction

from submissions import storage
from submissions.erasure import OnLegalHold, erase
from submissions.intake.receive import File
from submissions.models import Erasure, Revision, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def test_erase_leaves_hashes_and_history_only(django_capture_on_commit_callbacks):
    file = File(name="bridge.txt", content=b"a photo of the bridge", media_type="text/plain")
    submission = factories.make_submission(files=(file,))
    name = submission.attachments.get().file
    revision = submission.revisions.get()

    with django_capture_on_commit_callbacks(execute=True):
        erase(submission, by=None, reason="asked")

    erased = Revision.objects.get(pk=revision.pk)
    assert (erased.headline, erased.body, erased.byline) == (None, None, None)
    assert erased.sha256 == revision.sha256
    assert Submission.objects.values_list("name", "email", "city").get(pk=submission.pk) == ("", "", "")
    assert submission.events.last().data["reason"] == "asked"
    assert not storage.path_of(name).exists()


def test_erase_keeps_a_file_that_another_submission_holds(django_capture_on_commit_callbacks):
    file = File(name="bridge.txt", content=b"the same bytes", media_type="text/plain")
    first, second = (factories.make_submission(files=(file,)) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        erase(first, by=None, reason="asked")
    assert storage.read(second.attachments.get().file) == b"the same bytes"


def test_erase_is_refused_on_legal_hold():
    submission = factories.make_submission()
    Submission.objects.filter(pk=submission.pk).update(legal_hold=True)
    with pytest.raises(OnLegalHold):
        erase(submission, by=None, reason="asked")
    assert not Erasure.objects.exists()


def test_content_without_an_erasure_stays():
    submission = factories.make_submission()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        submission.revisions.update(body=None)
