import json

import pytest

from submissions.intake.email.kinds.feedback import told_by
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, part

COMPLAINT = "complaint about message from 192.0.2.7"
INNER = "Content-Type: message/rfc822\r\n\r\nSubject: Your letter\r\n\r\nThank you."


def _with_message(subject: str) -> bytes:
    body, header = multipart("mixed", part("x"), INNER)
    return mail(body, header, Subject=subject)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (_with_message(COMPLAINT), "jmrp"),
        (mail("x", Subject="Report Domain: x.example Submitter: mail.example Report-ID: <7>"), "rfc7489"),
        (mail(json.dumps({"notificationType": "Complaint"}), From="no-reply@sns.amazonaws.com"), "ses"),
    ],
)
def test_a_report_in_a_form_of_its_own_is_known(raw, code):
    assert told_by(parse(raw)) == code


@pytest.mark.parametrize("raw", [mail(), mail("x", Subject=COMPLAINT), _with_message("A complaint about the mayor")])
def test_a_letter_is_no_report(raw):
    assert told_by(parse(raw)) == ""
