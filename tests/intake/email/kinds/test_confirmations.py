import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.kinds.confirmations import ForwardingConfirmation, forwarding_confirmation
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail

GMAIL = "Gmail Team <forwarding-noreply@google.com>"
GRANT = "https://mail-settings.google.com/mail/vf-%5BANGjdJ8x%5D-Ab_1"
ASKS = (
    "w.prairie@example.org has asked to forward mail to you.\nConfirmation code: 123456789\n\n"
    f"To grant it: {GRANT}\n\nTo refuse it: {GRANT.replace('vf-', 'uf-')}\n"
)
SUBJECT = "(#123456789) Gmail Forwarding Confirmation - Receive Mail from w.prairie@example.org"


def _asked(body: str = ASKS, *fields: str, From: str = GMAIL, Subject: str = SUBJECT):  # noqa: N803
    return forwarding_confirmation(parse(mail(body, *fields, From=From, Subject=Subject)))


def test_gmail_asks_with_a_code_and_a_link():
    assert _asked() == ForwardingConfirmation(provider="Gmail", code="123456789", link=GRANT)


def test_gmail_asks_in_any_language():
    found = _asked(f"Код подтверждения: 123456789\n{GRANT}", Subject="(Gmail) 转发确认")
    assert found == ForwardingConfirmation(provider="Gmail", code="123456789", link=GRANT)


def test_a_link_behind_words_is_found():
    body = f'<p>To refuse, <a href="{GRANT.replace("vf-", "uf-")}">this</a>; <a href=" {GRANT} ">grant</a></p>'
    found = _asked(body, "Content-Type: text/html; charset=utf-8")
    assert found == ForwardingConfirmation(provider="Gmail", code="123456789", link=GRANT)


@pytest.mark.parametrize(
    ("address", "link", "provider"),
    [
        ("noreply@zoho.com", "https://mail.zoho.com/zm/verifyforward?d=7", "Zoho"),
        ("no-reply@notify.proton.me", "https://account.proton.me/forwarding/accept#7", "Proton"),
        ("account-security-noreply@accountprotection.microsoft.com", "https://account.live.com/verify?7", "Microsoft"),
        ("support@fastmail.com", "https://www.fastmail.com/confirm/7", "Fastmail"),
        ("noreply@notify.cloudflare.com", "https://dash.cloudflare.com/verify-email/7", "Cloudflare"),
    ],
)
def test_other_providers_ask_with_a_link_of_their_own(address, link, provider):
    found = _asked(f"Please confirm:\n{link}.\n", From=address, Subject="Confirm email forwarding")
    assert found == ForwardingConfirmation(provider=provider, code="", link=link)


def test_other_providers_ask_with_a_code():
    found = _asked("Your verification code is:\n\n  AB-12345\n", From="noreply@zoho.eu", Subject="Mail forwarding")
    assert found == ForwardingConfirmation(provider="Zoho", code="AB-12345", link="")


@pytest.mark.parametrize(
    "link",
    [
        "http://mail-settings.google.com/mail/vf-1",
        "https://mail-settings.google.com.evil.example/mail/vf-1",
        "https://evil.example/mail-settings.google.com/mail/vf-1",
        "https://mail-settings.google.com@evil.example/mail/vf-1",
        "https://evil.example\\@mail-settings.google.com/mail/vf-1",
        "https://evil.example@mail-settings.google.com/mail/vf-1",
        "https://mail-settings.google.com:8443/mail/vf-1",
        "https://mаil-settings.google.com/mail/vf-1",
        "https://sites.google.com/mail/vf-1",
        "https://www.google.com/url?q=https://mail-settings.google.com/mail/vf-1",
        "https://mail.google.com/accounts?x=/mail/vf-1",
        "https://[mail-settings.google.com/mail/vf-1",
    ],
)
def test_a_link_to_anywhere_else_is_left_out(link):
    assert _asked(link) == ForwardingConfirmation(provider="Gmail", code="123456789", link="")


@pytest.mark.parametrize(
    "sender",
    [
        "Gmail Team <forwarding-noreply@google.com.evil.example>",
        "Gmail Team <forwarding-noreply@goog1e.com>",
        "forwarding-noreply@google.com <w.prairie@example.org>",
        "jane@google.com",
        "xforwarding-noreply@google.com",
        "jane@yahoo.com",
        "",
    ],
)
def test_a_look_alike_asks_nothing(sender):
    assert _asked(From=sender) is None


@pytest.mark.parametrize(
    ("body", "subject"),
    [("https://mail.zoho.com/verify/1", "News from Zoho"), ("Nothing to do here.", "Forwarding made easy")],
)
def test_news_of_a_provider_ask_nothing(body, subject):
    assert _asked(body, From="noreply@zoho.com", Subject=subject) is None


@given(st.text(max_size=100), st.sampled_from([GMAIL, "noreply@zoho.com"]))
def test_no_text_is_too_odd(text, sender):
    clean = text.encode("utf-8", "replace").decode()
    found = _asked(f"https://mail.zoho.com/{clean} code: {clean}", From=sender, Subject="#7 forwarding")
    assert not found or not found.link or found.link.startswith("https://mail.zoho.com/")
