import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.intake.email.bounces.bounce import Bounce, bounce_of
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, part

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example.net>"
STATUS = "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; Gone@B.example\r\nAction: failed\r\n"
OURS = "Message-ID: <77.ours@wyomingstar.example>\r\nSubject: Your letter\r\n"
RETURNED = f"Content-Type: message/rfc822\r\n\r\n{OURS}References: <1@example.org>\r\n\r\nThank you.\r\n"
QMAIL = (
    "Hi. This is the qmail-send program at mx.example.net.\n"
    "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
    "<gone@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    f"--- Below this line is a copy of the message.\n\n{OURS}\nThank you.\n"
)
QMAIL_BOUNCE = Bounce(
    addresses=("gone@example.org",),
    permanent=True,
    status="5.1.1",
    action="failed",
    message_ids=("77.ours@wyomingstar.example",),
)


def _report(*parts: str, subtype: str = "report", **named: str) -> bytes:
    body, content_type = multipart(subtype, *parts)
    return mail(body, f"{content_type}; report-type=delivery-status", **named)


def test_a_standard_report_is_a_bounce_whoever_sent_it():
    status = STATUS + "Status: 5.2.2 (full)\r\n"
    raw = _report(part("It failed."), part(status, "message/delivery-status"), RETURNED)
    assert bounce_of(parse(raw), "w.prairie@example.org") == Bounce(
        addresses=("gone@b.example",),
        permanent=True,
        status="5.2.2",
        action="failed",
        message_ids=("77.ours@wyomingstar.example", "1@example.org"),
    )


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [("failed", "4.4.7", True), ("delayed", "4.4.1", False), ("", "5.1.1", True), ("delivered", "2.1.5", False)],
)
def test_lasting_is_what_the_mail_system_gave_up(action, status, permanent):
    text = STATUS.replace("Action: failed", f"Action: {action}") + f"Status: {status}\r\n"
    found = bounce_of(parse(_report(part(text, "message/delivery-status"))), "")
    assert found
    assert (found.action, found.status, found.permanent) == (action, status, permanent)


def test_a_report_that_names_nobody_is_completed_by_its_words():
    raw = _report(part("Delivery to gone@b.example failed."), part("Action: failed\r\n", "message/delivery-status"))
    found = bounce_of(parse(raw), "")
    assert found
    assert found.addresses == ("gone@b.example",)


@pytest.mark.parametrize(
    "raw",
    [
        _report(part(STATUS), RETURNED, From=DAEMON),
        _report(part(STATUS, "message/delivery-status"), RETURNED, subtype="mixed", From=DAEMON),
        mail(f"Technical report:\r\n\r\n{STATUS}\r\n{OURS}", From=DAEMON, Subject="Delivery failure"),
        _report(f"Content-Type: message/rfc822\r\n\r\nX: y\r\n{RETURNED}", part(STATUS), subtype="mixed", From=DAEMON),
    ],
)
def test_a_report_is_known_where_it_is_declared_as_something_else(raw):
    found = bounce_of(parse(raw), None)
    assert found
    assert (found.addresses, found.action) == (("gone@b.example",), "failed")
    assert found.message_ids[0] == "77.ours@wyomingstar.example"


@pytest.mark.parametrize(
    ("named", "sender"),
    [
        ({"From": "MAILER-DAEMON@mx.example.net", "Subject": "failure notice"}, None),
        ({"From": "MAILER-DAEMON@mx.example.net", "Subject": "Your letter"}, "bounces@mx.example.net"),
        ({"From": "postmaster@mx.example.net", "Subject": "Mail"}, None),
        ({"Subject": "failure notice"}, ""),
        ({"From": "no-reply@mx.example.net"}, ""),
        ({"Subject": "[mx] Failure notice"}, "w.prairie@example.org"),
    ],
)
def test_a_bounce_of_no_standard_is_known_by_its_sender_and_its_words(named, sender):
    assert bounce_of(parse(mail(QMAIL, **named)), sender) == QMAIL_BOUNCE


@pytest.mark.parametrize(
    "raw",
    [
        mail(QMAIL),
        mail(QMAIL, Subject="Fwd: failure notice"),
        mail(QMAIL, "User-Agent: Mail 1", Subject="failure notice"),
        mail(f"I got this, what is wrong?\n\n\n\n{QMAIL}", Subject="Failure notice"),
        mail("\n".join(f"> {line}" for line in QMAIL.splitlines()), Subject="Failure notice"),
        mail("Why mail delivery fails in our town.\n\nW. Prairie\nw@example.org\n", Subject="Mail delivery problems"),
        mail("My parcel was not delivered to\nw@example.org\n", Subject="My letter", From="postmaster@example.org"),
        _report(part("I got this:"), part(STATUS, "message/delivery-status"), subtype="mixed"),
        _report(part("I got this:"), f"Content-Type: message/rfc822\r\n\r\nX: y\r\n{STATUS}", subtype="mixed"),
    ],
)
def test_a_letter_may_quote_a_bounce_or_be_about_the_post(raw):
    assert bounce_of(parse(raw), "w.prairie@example.org") is None


def test_a_letter_whose_sender_a_server_took_away_is_no_bounce():
    raw = mail("The post was not delivered to the following address: 1 Main St.\nw@example.org", Subject="The post")
    assert bounce_of(parse(raw), "") is None


def test_a_bounce_that_names_nobody_is_still_one():
    found = bounce_of(
        parse(mail("Gone.", "In-Reply-To: <77.ours@x.example>", From=DAEMON, Subject="Undeliverable")), ""
    )
    assert found == Bounce(addresses=(), permanent=False, status="", action="", message_ids=("77.ours@x.example",))


def test_a_bounce_for_now_is_a_delay():
    raw = mail(
        "A message is delayed for more than 10 minutes for the following\nlist of recipients:\n\n"
        "late@b.example: 451 4.4.1 no route\n",
        From=DAEMON,
        Subject="Delivery status notification: warning",
    )
    found = bounce_of(parse(raw), "")
    assert found == Bounce(
        addresses=("late@b.example",), permanent=False, status="4.4.1", action="delayed", message_ids=()
    )


def test_neither_the_sender_nor_an_id_is_a_recipient():
    text = QMAIL.replace("<gone@", "<77.ours@wyomingstar.example>:\n<letters@wyomingstar.example>:\n<gone@")
    raw = mail(text, "To: Letters@wyomingstar.example", From=DAEMON, Subject="failure notice")
    assert bounce_of(parse(raw), "") == QMAIL_BOUNCE


def test_who_wrote_to_himself_is_told_of_his_own_address():
    raw = mail(QMAIL, "To: gone@example.org", From=DAEMON, Subject="failure notice")
    assert bounce_of(parse(raw), "") == QMAIL_BOUNCE


def test_the_mail_servers_note_tells_a_null_sender():
    raw = mail(QMAIL, "Return-Path: <>", Subject="failure notice")
    assert bounce_of(parse(raw), None) == QMAIL_BOUNCE


_PIECE = st.sampled_from([QMAIL, STATUS, RETURNED, OURS, "--b\r\n", "--b--\r\n", "\x00", "é@é.é", "Message-ID: <", " "])
_FIELDS = st.sampled_from(["Content-Type: multipart/report; boundary=b", "Content-Type: text/html", "X: y"])


@settings(max_examples=60)
@given(st.lists(_PIECE | st.text(max_size=30), max_size=12), _FIELDS, st.sampled_from(["", None, "x@y.example"]))
def test_no_mail_is_too_odd(pieces, field, sender):
    message = parse(mail("".join(pieces).encode("utf-8", "replace"), field, From=DAEMON, Subject="Undeliverable"))
    found = bounce_of(message, sender)
    assert found
    assert all(one == one.lower() and one.count("@") == 1 for one in found.addresses)
