import email
import stat
from email import policy as email_policy

import pytest
from django.core.mail import EmailMessage

from submissions.notifications.backends import FileBackend
from tests.notifications.mails import mail_of, owe_one


def files(settings):
    return sorted(settings.OUTBOX_DIR.iterdir())


@pytest.mark.django_db
def test_a_mail_is_one_file_that_reads_back(house, settings):
    owed = owe_one(template="decline", text="Grüße from the desk.\nFrom here on: no.\n.\nEnd")
    assert FileBackend().send_messages([mail_of(owed)]) == 1
    (path,) = files(settings)
    message = email.message_from_bytes(path.read_bytes(), policy=email_policy.default)
    assert path.name == owed.message_id.strip("<>").partition("@")[0] + ".eml"
    assert (message["X-Envelope-From"], message["X-Envelope-To"]) == (
        "<letters@wyomingstar.example>",
        "<writer1@example.org>",
    )
    assert "Grüße from the desk.\nFrom here on: no.\n.\nEnd" in message.get_body(["plain"]).get_content().replace(
        "\r\n", "\n"
    )
    assert (message.defects, stat.S_IMODE(path.stat().st_mode)) == ([], 0o600)


@pytest.mark.django_db
def test_a_null_sender_and_a_repeat_in_its_own_place(house, settings):
    mail = mail_of(owe_one())
    FileBackend().send_messages([mail])
    FileBackend().send_messages([mail])
    (path,) = files(settings)
    assert path.read_bytes().startswith(b"X-Envelope-From: <>\r\nX-Envelope-To: <writer1@example.org>\r\n")


def test_djangos_own_mails_get_a_name_too(settings):
    FileBackend().send_messages([EmailMessage("Hm", "Words", "a@b.example", ["c@d.example"])])
    assert [path.suffix for path in files(settings)] == [".eml"]


def test_a_full_disk_leaves_nothing_half_written(settings, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        FileBackend().send_messages([EmailMessage("Hm", "Words", "a@b.example", ["c@d.example"])])
    assert files(settings) == []
