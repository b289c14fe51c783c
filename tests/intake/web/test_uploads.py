import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.intake.web import uploads
from submissions.models import HousePolicy, Submission
from tests.intake.web.posting import LETTER, filled, new_policy

POLICY = HousePolicy(
    attachments_max=2, attachment_max_bytes=1_000, message_max_bytes=1_500, attachment_types=["text/plain"]
)


def a_file(name: str = "a.txt", content: bytes = b"words") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_too_many_files_are_refused_together():
    assert uploads.judge([a_file()] * 3, [], POLICY) == ((), ["3 files are too many: choose 2 at most."])


def test_form_without_files_says_so():
    policy = HousePolicy(attachments_max=0)
    assert uploads.judge([a_file()], [], policy) == ((), ["We take no files with this form."])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "“a.txt” is empty. Choose it again, or leave it out."),
        (b"x" * 1_001, "“a.txt” is too large: 1 kB at most."),
        (b"%PDF-1.7 ", "“a.txt” is not a kind of file that we can open. We take plain text."),
    ],
)
def test_refused_file_is_named_with_what_to_do(content, sentence):
    assert uploads.judge([a_file(content=content)], [], POLICY) == ((), [sentence])


def test_names_are_made_safe():
    assert uploads.safe_name("\u202egnp.exe\n") == "gnp.exe"
    assert uploads.safe_name("\u200b") == "a file without a name"


@pytest.mark.parametrize(
    ("types", "text"),
    [
        ([], ""),
        (["image/jpeg"], "JPEG"),
        (["image/jpeg", "application/pdf", "text/csv"], "JPEG, PDF and CSV"),
        (["application/msword", "image/png", "application/msword"], "Word and PNG"),
    ],
)
def test_kinds_are_told_in_plain_words(types, text):
    assert uploads.kinds_text(types) == text


@pytest.mark.parametrize(("size", "text"), [(10_000_000, "10 MB"), (2_500_000, "2.5 MB"), (500_000, "500 kB")])
def test_sizes_are_told_as_people_say_them(size, text):
    assert uploads.size_text(size) == text


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("sizes", [(1_200,), (900, 900), (200_000, 5)])
def test_file_over_the_policy_is_dropped_on_its_way_in_and_named(client, sizes):
    new_policy(attachment_max_bytes=1_000, message_max_bytes=1_500)
    files = [a_file(f"{n}.txt", b"w" * size) for n, size in enumerate(sizes)]
    response = client.post(LETTER, filled(attachments=files))
    assert (response.status_code, Submission.objects.count()) == (422, 0)
    dropped = max(range(len(sizes)), key=lambda n: (sizes[n], n))
    assert f"“{dropped}.txt” is too large: 1 kB at most." in response.content.decode()
    assert "The footbridge was closed" in response.content.decode()


def test_ceiling_without_a_policy_to_ask_uses_the_defaults():
    def no_policy() -> HousePolicy:
        raise HousePolicy.DoesNotExist

    ceiling = uploads.Ceiling(no_policy)
    assert ceiling.receive_data_chunk(b"words", 0) == b"words"
    assert ceiling.file_complete(5) is None
