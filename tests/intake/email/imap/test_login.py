import pytest

from submissions.models import ImapAccount, RawMessage
from tests.intake.email.mails import mail

pytestmark = [pytest.mark.protocol, pytest.mark.django_db]


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
@pytest.mark.parametrize("trusted", [True, False])
def test_tls_is_used_and_the_certificate_verified(dovecot_with, look, settings, monkeypatch, scheme, trusted):
    server = dovecot_with(tls=True)
    mailbox = server.mailbox()
    mailbox.deliver(mail())
    port = server.tls_port if scheme == "imaps" else server.port
    settings.IMAP_URL = mailbox.url.replace("imap://", f"{scheme}://").replace(f":{server.port}", f":{port}")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.base / "cert.pem"))
    assert look() == (0 if trusted else 75)
    assert ImapAccount.objects.get().last_error == ("" if trusted else "certificate")
    assert RawMessage.objects.count() == trusted


def test_wrong_password_says_what_to_do_and_shows_nothing(mailbox, look, settings, caplog):
    settings.IMAP_URL = f"imap://sesame:open@127.0.0.1:{mailbox.url.rpartition(':')[2]}"
    assert look() == 77
    assert "app password" in caplog.text
    assert "OAuth" in caplog.text
    assert "sesame" not in caplog.text
    assert ImapAccount.objects.get().last_error == "login"


def test_plain_password_is_sent_with_login(scripted, look):
    assert look() == 0
    assert 'LOGIN letters@wyomingstar.example "secret"' in scripted.heard


def test_password_of_other_letters_is_sent_as_utf8(scripted, look, settings):
    settings.IMAP_URL = settings.IMAP_URL.replace("secret", "gr%C3%BC%C3%9Fe")
    assert look() == 0
    assert "\0letters@wyomingstar.example\0grüße" in scripted.heard


@pytest.mark.parametrize(
    ("capability", "said"),
    [
        ("IMAP4rev1 AUTH=XOAUTH2 AUTH=OAUTHBEARER", "user={}\1auth=Bearer token-1\1\1"),
        ("IMAP4rev1 AUTH=OAUTHBEARER", "n,a={},\1auth=Bearer token-1\1\1"),
        ("IMAP4rev1", "user={}\1auth=Bearer token-1\1\1"),
    ],
)
def test_token_is_sent_as_the_server_wants_it(scripted, token_server, look, capability, said):
    scripted.capability, scripted.token = capability, "token-1"
    assert look() == 0
    assert said.format("letters@wyomingstar.example") in scripted.heard


def test_token_withdrawn_before_its_time_is_replaced(scripted, token_server, watch):
    one = watch()
    scripted.token = "token-1"
    assert one.once() == 0
    scripted.token = "token-2"
    token_server.answers = [(200, {"access_token": "token-2"})]
    assert (one.once(), len(token_server.asked)) == (0, 2)


@pytest.mark.parametrize(("capability", "last"), [("IMAP4rev1", ""), ("IMAP4rev1 AUTH=OAUTHBEARER", "\1")])
def test_refused_token_says_what_to_do_and_shows_nothing(scripted, token_server, look, caplog, capability, last):
    scripted.capability, scripted.token = capability, "another"
    assert look() == 77
    assert scripted.heard.count(last) == 2
    assert "by OAuth (login)" in caplog.text
    assert not any(secret in caplog.text for secret in ("token-1", "sesame", "another"))


@pytest.mark.parametrize(
    ("answer", "code", "ending"),
    [
        ("NO [UNAVAILABLE] later", "unavailable", 75),
        ("NO [LIMIT] too many", "unavailable", 75),
        ("NO [AUTHENTICATIONFAILED] no", "login", 77),
        ("BAD no", "login", 77),
    ],
)
def test_refusal_is_told_from_a_busy_server(scripted, look, answer, code, ending):
    scripted.answers["LOGIN"] = lambda connection, tag, _command: connection.send(f"{tag} {answer}")
    assert look() == ending
    assert ImapAccount.objects.get().last_error == code


def test_connection_lost_at_login_is_no_refusal(scripted, look):
    scripted.answers["LOGIN"] = lambda connection, _tag, _command: connection.sock.shutdown(2)
    assert look() == 75
    assert ImapAccount.objects.get().last_error == "connection"
