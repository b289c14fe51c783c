from datetime import timedelta

import dns.resolver
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from submissions.intake.email.health import dns_records
from submissions.intake.email.health.dns_records import Record, records_of
from submissions.intake.email.health.facts import mail_facts
from submissions.intake.email.health.telling import lines
from submissions.models import ImapAccount, MailProbe, Notification, Outcome, RawMessage
from tests.intake.email.mails import arrive, mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def told() -> dict[str, tuple[str, str]]:
    return {line.what: (line.state, line.told) for line in lines(mail_facts())}


def test_before_any_mail_it_is_empty():
    assert mail_facts().empty
    assert told() == {"Quarantine": ("good", "empty")}


def test_the_doors_and_what_waits_are_told():
    arrive(mail())
    RawMessage.objects.filter(pk=arrive(mail("x")).pk).update(outcome=Outcome.QUARANTINE, reason="ValueError in x:1")
    found = told()
    assert found["Last by LMTP or SMTP"] == ("good", "0\xa0minutes ago; 2 in seven days")
    assert found["Waiting to be read"] == ("warn", "1, the oldest from 0\xa0minutes ago")
    assert found["Quarantine"] == ("warn", "1 could not be understood: look at them")


def test_what_leaves_is_told():
    now = timezone.now()
    for n, fields in enumerate(
        ({"state": "sent", "sent_at": now, "bounced_at": now}, {"state": "failed"}, {"state": "owed"})
    ):
        Notification.objects.create(key=str(n), template="t", message_id=str(n), **fields)
    found = told()
    assert [found[name][0] for name in ("Last sent", "Owed", "Failed in seven days", "Came back in seven days")] == [
        "good",
        "info",
        "warn",
        "warn",
    ]


def test_a_mailbox_that_cannot_be_read_is_told():
    ImapAccount.objects.create(key="a", label="letters@host.example", last_error="login")
    ImapAccount.objects.create(key="b", label="opinion@host.example", last_ok_at=timezone.now())
    found = told()
    assert found["Mailbox letters@host.example"][0] == "stop"
    assert "cannot be read (login): the login is refused" in found["Mailbox letters@host.example"][1]
    assert found["Mailbox opinion@host.example"][0] == "good"


def test_a_probe_is_told_out_and_back():
    probe = MailProbe.objects.create(token="t", to="letters@wyomingstar.example")
    assert told()["Mail check"] == ("warn", "sent 0\xa0minutes ago to letters@wyomingstar.example, not back yet")
    MailProbe.objects.filter(pk=probe.pk).update(
        returned_at=probe.sent_at + timedelta(seconds=7),
        message=arrive(mail()),
        seen={"sender": "changed", "x_loop": "lost", "results": {"spf": "pass", "dkim": "fail"}},
    )
    found = told()
    assert found["Mail check"] == ("good", "sent 0\xa0minutes ago, back after 7 s")
    assert (found["Envelope sender"][0], found["X-Loop"][0]) == ("warn", "warn")
    assert found["SPF, DKIM, DMARC as seen"] == ("good", "spf pass, dkim fail")


class Zone:
    """A DNS of our own."""

    def __init__(self, records):
        self.records = records

    def resolve(self, name, kind, lifetime):
        found = self.records.get((name, kind))
        if found is None:
            raise dns.resolver.NXDOMAIN
        return dns.rrset.from_text(name, 60, "IN", kind, *found)


@pytest.mark.parametrize(
    ("records", "good"),
    [
        ({}, [False, False, False]),
        (
            {
                ("star.example", "MX"): ["10 mx.host.example."],
                ("star.example", "TXT"): ['"v=spf1 -all"', '"other"'],
                ("_dmarc.star.example", "TXT"): ['"v=DMARC1; p=reject"'],
            },
            [True, True, True],
        ),
        ({("star.example", "TXT"): ['"v=spf1 -all"', '"v=spf1 ~all"']}, [False, False, False]),
    ],
)
def test_the_dns_is_told_with_what_to_do(monkeypatch, records, good):
    monkeypatch.setattr(dns_records.dns.resolver, "resolve", Zone(records).resolve)
    found = records_of("star.example")
    assert [record.name for record in found] == ["MX", "SPF", "DMARC"]
    assert [record.good for record in found] == good
    assert all(record.good or len(record.advice) > 20 for record in found)


def test_check_mail_prints_it_all(capsys, monkeypatch):
    monkeypatch.setattr(
        "submissions.management.commands.check_mail.records_of", lambda domain: [Record(name="MX", found=domain)]
    )
    call_command("check_mail")
    out = capsys.readouterr().out
    assert "No mail has come yet. Send yourself a letter: letters@wyomingstar.example" in out
    assert "ok    MX: wyomingstar.example" in out


def test_check_mail_fails_where_something_is_bad():
    ImapAccount.objects.create(key="a", label="letters@host.example", last_error="login")
    with pytest.raises(CommandError, match=r"Look at: Mailbox letters@host\.example"):
        call_command("check_mail", "--no-dns")


def test_check_mail_sends_a_probe(capsys):
    call_command("check_mail", "--probe", "--wait", "0", "--no-dns")
    assert "A mail is on its way to letters@wyomingstar.example" in capsys.readouterr().out
    assert MailProbe.objects.count() == 1


@pytest.mark.parametrize("code", ["invalid_grant", "token_missing", "token_refused"])
def test_a_consent_that_has_ended_says_what_to_look_at(code):
    ImapAccount.objects.create(label="letters", last_error=code)
    state, told_of_it = told()["Mailbox letters"]
    assert state == "stop"
    assert "IMAP_REFRESH_TOKEN" in told_of_it
