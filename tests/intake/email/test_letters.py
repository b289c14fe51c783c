import pytest

from submissions.intake.email.letters import letter_of
from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.trust.verdict import NOTHING_KNOWN
from submissions.intake.receive import Arrival
from submissions.models import Channel, Kind, Severity
from tests.intake.email.mails import arrive, mail

pytestmark = pytest.mark.django_db


def _arrival(raw: bytes, sender: str | None = "w.prairie@example.org") -> Arrival:
    message = arrive(raw, sender=sender)
    message.refresh_from_db()
    return letter_of(message, parse(raw), sender, NOTHING_KNOWN, "f" * 64).arrival


def test_a_mail_becomes_an_arrival():
    arrival = _arrival(mail("Keep it open.\n"))
    assert (arrival.identity, arrival.kind, arrival.channel) == ("f" * 64, Kind.LETTER, Channel.EMAIL)
    assert (arrival.name, arrival.email, arrival.city) == ("W. Prairie", "w.prairie@example.org", "")
    assert (arrival.headline, arrival.body) == ("Keep the footbridge open", "Keep it open.")
    assert (arrival.consented, arrival.exclusive, arrival.findings) == (False, None, ())


@pytest.mark.parametrize(
    ("sender", "address"),
    [("n@example.org", "n@example.org"), ("", ""), (None, ""), ("a@b.example, v@x.example", "")],
)
def test_without_a_from_the_envelope_names_the_writer(sender, address):
    assert _arrival(mail(From=""), sender).email == address


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Prairie, W. <w@example.org>", "W. Prairie"),
        ('"Prairie, W." <w@example.org>', "W. Prairie"),
        ('"w@example.org" <w@example.org>', ""),
        ("<w@example.org>", ""),
        ("=?utf-8?q?A=0D=0AB?= <w@example.org>", "A B"),
    ],
)
def test_the_name_is_the_display_name_put_right(shown, name):
    assert _arrival(mail(From=shown)).name == name


def test_a_mail_over_the_limits_says_so():
    arrival = _arrival(mail("\r\n--b\r\n\r\nx" * 30_000, "Content-Type: multipart/mixed; boundary=b"))
    finding = arrival.findings[0]
    assert (finding.rule, finding.severity, finding.data) == ("mail_limits", Severity.WARN, {"over": ["parts"]})
    assert "The raw message has everything." in finding.message
