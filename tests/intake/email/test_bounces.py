import pytest

from submissions.intake.email.bounces import delivery_report, loose_bounce, report_type
from submissions.intake.email.parse import parse
from tests.intake.email.mails import mail, multipart, part

STATUS = part(
    "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: Failed (x)\r\n"
)
DELIVERY_STATUS = STATUS.replace("text/plain", "message/delivery-status")
QMAIL = (
    "Hi. This is the qmail-send program at mx.example.net.\n"
    "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
    "<gone@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n"
)


def _report(*parts: str, kind: str) -> bytes:
    body, content_type = multipart("report", *parts)
    return mail(body, f"{content_type}; report-type={kind}")


def test_a_standard_report_says_what_became_of_the_mail():
    message = parse(_report(part("It failed."), DELIVERY_STATUS, kind="delivery-status"))
    assert (delivery_report(message), report_type(message)) == ("failed", "delivery-status")


@pytest.mark.parametrize("parts", [[part("It failed.")], [DELIVERY_STATUS.replace("Action: Failed (x)", "X: y")]])
def test_a_report_without_an_action_is_still_one(parts):
    assert delivery_report(parse(_report(*parts, kind="delivery-status"))) == "unknown"


def test_a_letter_is_no_report():
    message = parse(mail())
    assert (delivery_report(message), report_type(message)) == ("", "")


def test_an_unparsable_report_type_is_none():
    body, content_type = multipart("report", part("x"))
    assert report_type(parse(mail(body, f"{content_type}; report-type*=nul\x00''x"))) in ("", "x")


@pytest.mark.parametrize(
    ("raw", "sender", "expected"),
    [
        (mail(QMAIL, From="MAILER-DAEMON@mx.example.net", Subject="failure notice"), None, "permanent"),
        (mail(QMAIL, Subject="failure notice"), "", "permanent"),
        (mail("Gone.", From="Mail Delivery System <x@mx.example.net>", Subject="Undeliverable: x"), None, "unknown"),
        (mail(QMAIL), "w.prairie@example.org", ""),
        (mail("The post office", From="postmaster@example.org", Subject="My letter"), None, ""),
        (mail("Why mail delivery fails in our town.", Subject="Mail delivery problems"), None, ""),
    ],
)
def test_a_bounce_of_no_standard_is_known_by_its_sender_and_its_words(raw, sender, expected):
    assert loose_bounce(parse(raw), sender) == expected


def test_a_bounce_for_now_is_temporary():
    body = "**********************************************\n** THIS IS A WARNING MESSAGE ONLY **\n"
    raw = mail(
        f"{body}The original message was received\n\n   ----- Transcript of session follows -----\n"
        "<a@b.example>... Deferred: Connection timed out\nWarning: message still undelivered after 4 hours\n",
        From="MAILER-DAEMON@mx.example.net",
        Subject="Warning: could not send message for past 4 hours",
    )
    assert loose_bounce(parse(raw), "") in ("temporary", "unknown")
