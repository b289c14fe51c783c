import pytest

from submissions.intake.email.kinds.classify import Verdict, classify
from submissions.intake.email.parsing.parse import parse
from submissions.models import Outcome
from tests.intake.email.mails import mail, multipart, part

pytestmark = pytest.mark.django_db
SENDER = "w.prairie@example.org"


def _report(kind: str, content_type: str) -> bytes:
    body, header = multipart("report", part("text"), part("Feedback-Type: abuse\r\n", content_type))
    return mail(body, f"{header}; report-type={kind}")


def _carried(content_type: str) -> tuple[str, str]:
    """A report that a person sends on as an attached message."""
    inner = f"Content-Type: message/rfc822\r\n\r\n{_report('x', content_type).decode()}"
    return multipart("mixed", part("Look what I got."), inner, boundary="outer")


@pytest.mark.parametrize(
    ("raw", "outcome", "reason"),
    [
        (_report("delivery-status", "message/delivery-status"), Outcome.BOUNCE, "rfc3464:unknown"),
        (_report("feedback-report", "message/feedback-report"), Outcome.REPORT, "rfc5965"),
        (_report("disposition-notification", "message/disposition-notification"), Outcome.AUTO_REPLY, "rfc8098"),
        (_report("x", "message/global-disposition-notification"), Outcome.AUTO_REPLY, "rfc8098"),
        (_report("tlsrpt", "application/tlsrpt+gzip"), Outcome.REPORT, "rfc6522:tlsrpt"),
        (_report("a\tb" + "c" * 50, "text/plain"), Outcome.REPORT, "rfc6522:ab" + "c" * 30),
        (mail("x", "Auto-Submitted: auto-replied"), Outcome.AUTO_REPLY, "rfc3834"),
        (mail("x", "Auto-Submitted: Auto-Generated; x", "In-Reply-To: <a@b>"), Outcome.AUTO_REPLY, "rfc3834"),
        (mail("x", "X-Autoreply: yes"), Outcome.AUTO_REPLY, "header"),
        (mail("x", "Precedence: auto_reply"), Outcome.AUTO_REPLY, "precedence"),
        (mail("x", "References: <a@b>", Subject="Out of office: x"), Outcome.AUTO_REPLY, "subject"),
        (mail("x", "List-Id: Neighbours <n.example.org>"), Outcome.LIST, "rfc2919"),
        (mail("x", "Precedence: list"), Outcome.LIST, "header"),
        (mail("x", Subject="Report Domain: x.example Submitter: y.example"), Outcome.REPORT, "rfc7489"),
        (mail("x", From="MAILER-DAEMON@x.example"), Outcome.BOUNCE, "loose:unknown"),
        (mail("x", From="forwarding-noreply@google.com"), Outcome.FORWARDING, "bare"),
        (mail("x", From="forwarding-noreply@google.com", Subject="#1234567"), Outcome.FORWARDING, "code"),
    ],
)
def test_what_no_person_wrote_to_us_is_told_apart(raw, outcome, reason):
    verdict = classify(parse(raw), SENDER)
    assert verdict is not None
    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    assert (verdict.bounce is not None) == (outcome == Outcome.BOUNCE)


@pytest.mark.parametrize(
    "raw",
    [
        mail(),
        mail("x", "Auto-Submitted: no"),
        mail("x", "Auto-Submitted: auto-generated"),
        mail("x", "X-Auto-Response-Suppress: OOF"),
        mail("x", "X-Autoreply: no"),
        mail("x", Subject="Out of office: why the mayor must go"),
        mail("x", "X-Auto-Response-Suppress: OOF", Subject="Out of office: why the mayor must go"),
        mail(*_carried("message/delivery-status")),
        mail(*_carried("message/feedback-report")),
        mail(*_carried("message/disposition-notification")),
        mail("x", "List-Unsubscribe: <mailto:x@example.org>"),
        mail("x", "List-Id: <letters.wyomingstar.example>", "List-Post: <mailto:letters@wyomingstar.example>"),
    ],
)
def test_what_a_person_may_have_written_is_a_letter(raw):
    assert classify(parse(raw), SENDER) is None


def test_an_out_of_office_subject_without_a_sender_is_an_auto_reply():
    raw = mail("x", Subject="Automatische Antwort: Brief")
    assert classify(parse(raw), "") == Verdict(Outcome.AUTO_REPLY, "subject")
