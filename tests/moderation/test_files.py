import pytest

from submissions import storage
from submissions.models import Attachment, RawMessage
from submissions.states import State
from tests import factories
from tests.moderation.conftest import DESK

pytestmark = pytest.mark.django_db

MAIL = "From: W. Prairie <w@example.org>\r\nSubject: A \u202egnirts\r\n\r\n<b>Hello</b>\r\n".encode()


def add_file(submission, content=b"<script>alert(1)</script>", media_type="text/html", name="a.html"):
    kept = storage.keep(content)
    return Attachment.objects.create(
        submission=submission, name=name, media_type=media_type, size=len(content), sha256=kept[3:], file=kept
    )


def add_message(submission=None, content=MAIL, **fields):
    outcome = {"outcome": "submission"} if submission else {}
    return RawMessage.objects.create(
        **{"submission": submission, "content": content, "sha256": "a", "size": len(content or b""), **outcome},
        **{"kind": "letter", "door": "lmtp", **fields},
    )


def test_files_are_saved_and_never_shown(desk):
    letter = factories.make_submission(State.QUEUED)
    file = add_file(letter)
    response = desk.get(f"{DESK}{letter.pk}/files/{file.pk}/")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "no-store" in response["Cache-Control"]


HEADERS = {
    "Content-Disposition": 'attachment; filename="a.html"',
    "Content-Type": "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def test_safe_types_keep_their_name(desk):
    letter = factories.make_submission(State.QUEUED)
    file = add_file(letter, b"\xff\xd8\xff", "image/jpeg", 'b"\r\nX: y.jpg')
    response = desk.get(f"{DESK}{letter.pk}/files/{file.pk}/")
    assert response["Content-Type"] == "image/jpeg"
    assert "X" not in response.headers
    response.getvalue()


@pytest.mark.parametrize("file", [None, "ab/" + "ab" * 32, "../../secret_key"])
def test_files_that_are_gone_or_elsewhere_are_not_found(desk, file):
    letter = factories.make_submission(State.QUEUED)
    row = Attachment.objects.create(submission=letter, name="a", media_type="image/png", size=1, sha256="a", file=file)
    assert desk.get(f"{DESK}{letter.pk}/files/{row.pk}/").status_code == 404


def test_files_are_found_below_their_own_submission_only(desk):
    letter, other = factories.make_submission(State.QUEUED), factories.make_submission(State.QUEUED)
    assert desk.get(f"{DESK}{other.pk}/files/{add_file(letter).pk}/").status_code == 404
    assert desk.get(f"{DESK}{other.pk}/messages/{add_message(letter).pk}/").status_code == 404


def test_source_is_plain_text_without_tricks(desk):
    letter = factories.make_submission(State.QUEUED)
    page = desk.get(f"{DESK}{letter.pk}/messages/{add_message(letter).pk}/").content.decode()
    assert "Subject: A [U+202E]gnirts" in page
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page


def test_message_is_handed_out_as_it_came(desk):
    letter = factories.make_submission(State.QUEUED)
    message = add_message(letter)
    response = desk.get(f"{DESK}{letter.pk}/messages/{message.pk}/download/")
    assert response.content == MAIL
    assert response["Content-Disposition"] == f'attachment; filename="message-{message.pk}.eml"'
    assert response["Content-Type"] == "application/octet-stream"


def test_large_message_is_read_from_its_file_and_cut(desk):
    letter = factories.make_submission(State.QUEUED)
    name = storage.keep(b"x" * 300_000)
    message = add_message(letter, content=None, file=name)
    assert "The rest is in the download." in desk.get(f"{DESK}{letter.pk}/messages/{message.pk}/").content.decode()


@pytest.mark.parametrize("file", [None, "ab/" + "ab" * 32])
def test_erased_or_lost_message_is_not_found(desk, file):
    letter = factories.make_submission(State.QUEUED)
    message = add_message(letter, content=None, file=file)
    assert desk.get(f"{DESK}{letter.pk}/messages/{message.pk}/download/").status_code == 404
