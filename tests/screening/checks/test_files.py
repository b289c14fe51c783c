from submissions.screening.checks.files import files
from submissions.screening.draft import SentFile
from tests.screening.drafts import draft, messages, policy

PHOTO = SentFile(name="bridge.jpg", media_type="image/jpeg", size=10_000)


def test_files_within_the_rules_are_left_alone():
    assert files(draft(files=(PHOTO, PHOTO)), policy(attachments_max=2)) == []


def test_too_many_files_are_counted():
    assert messages(files(draft(files=(PHOTO,) * 3), policy(attachments_max=2))) == ["3 files; 2 allowed"]
    assert messages(files(draft(files=(PHOTO,)), policy(attachments_max=0))) == ["1 files; none allowed"]


def test_a_file_of_another_type_is_named():
    found = files(draft(files=(SentFile(name="run.exe", media_type="application/x-dosexec", size=9),)), policy())[0]
    assert (found.message, found.words, found.data) == (
        "A file of type application/x-dosexec, which we do not take",
        "run.exe",
        {"problem": "type"},
    )


def test_a_policy_that_names_no_types_takes_any():
    odd = SentFile(name="a.bin", media_type="application/octet-stream", size=9)
    assert files(draft(files=(odd,)), policy(attachment_types=[])) == []


def test_a_file_that_is_too_large_is_named():
    found = files(draft(files=(PHOTO,)), policy(attachment_max_bytes=5_000))[0]
    assert (found.words, found.data, found.message.replace("\xa0", " ")) == (
        "bridge.jpg",
        {"problem": "size"},
        "A file of 9.8 KB; at most 4.9 KB allowed",
    )
