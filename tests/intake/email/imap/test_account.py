import pytest
from django.core.exceptions import ImproperlyConfigured

from submissions.intake.email.imap.account import Account, Folder, Security, account, folders, moves


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("imaps://letters:secret@mail.example", ("mail.example", 993, Security.TLS, "letters", "secret")),
        ("imaps://l%40paper.example:a%3A%2F%40b@mail.example:1993",
         ("mail.example", 1993, Security.TLS, "l@paper.example", "a:/@b")),
        ("imaps://l@b.example:secret@mail.example", ("mail.example", 993, Security.TLS, "l@b.example", "secret")),
        ("imap+starttls://letters:secret@mail.example", ("mail.example", 143, Security.STARTTLS, "letters", "secret")),
        ("imap://letters@127.0.0.1:1143", ("127.0.0.1", 1143, Security.NONE, "letters", "")),
        ("imap://letters:s@[::1]", ("::1", 143, Security.NONE, "letters", "s")),
        ("imap://letters:s@localhost", ("localhost", 143, Security.NONE, "letters", "s")),
    ],
)  # fmt: skip
def test_account_is_read_from_its_url(settings, url, found):
    settings.IMAP_URL = url
    one = account()
    assert (one.host, one.port, one.security, one.user, one.password) == found


@pytest.mark.parametrize(
    "url",
    [
        "letters:sesame@mail.example",
        "pop3://letters:sesame@mail.example",
        "imaps://letters:sesame@mail.example:port",
        "imaps://letters:sesame@mail.example:99999",
        "imaps://letters:sesame@",
        "imaps://:sesame@mail.example",
        "imaps://letters:sesame@[::1",
        "imap://letters:sesame@mail.example",
        "imap://letters:sesame@127.0.0.1.example",
    ],
)
def test_account_without_sense_is_refused_and_never_shown(settings, url):
    settings.IMAP_URL = url
    with pytest.raises(ImproperlyConfigured) as refused:
        account()
    assert "sesame" not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_plaintext_may_be_allowed(settings):
    settings.IMAP_URL, settings.IMAP_ALLOW_PLAINTEXT = "imap://letters:secret@mail.example", True
    assert account().security == Security.NONE


def test_key_stands_for_host_and_user_and_the_password_is_not_shown():
    def one(user="letters", host="mail.example", port=993, password="sesame"):
        return Account(host=host, port=port, security=Security.TLS, user=user, password=password)

    keys = [one(), one(port=143, password="new"), one(user="Letters"), one(user="tips"), one(host="b.example")]
    assert len({each.key for each in keys}) == 3
    assert (len(one().key), one().label, "sesame" in repr(one())) == (16, "letters at mail.example", False)


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (["INBOX", "Junk=junk"], [Folder(name="INBOX"), Folder(name="Junk", junk=True)]),
        ([" a=b ", "[Gmail]/Spam=junk"], [Folder(name="a=b"), Folder(name="[Gmail]/Spam", junk=True)]),
    ],
)
def test_folders_are_read(settings, listed, found):
    settings.IMAP_FOLDERS = listed
    assert folders() == found


@pytest.mark.parametrize("listed", [[], [""], ["=junk"]])
def test_folders_without_a_name_are_refused(settings, listed):
    settings.IMAP_FOLDERS = listed
    with pytest.raises(ImproperlyConfigured, match="INBOX,Junk=junk"):
        folders()


def test_mode_is_move_or_leave(settings):
    assert moves() is True
    settings.IMAP_MODE = "leave"
    assert moves() is False
    settings.IMAP_MODE = "delete"
    with pytest.raises(ImproperlyConfigured, match="move, leave"):
        moves()
