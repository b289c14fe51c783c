import pytest

from submissions.intake.email.answering import MESSAGES, no_answer
from submissions.intake.email.parse import parse
from submissions.models import Noticed, Severity
from tests.intake.email.mails import mail

pytestmark = pytest.mark.django_db
WRITER = "w.prairie@example.org"


@pytest.mark.parametrize(
    ("field", "sender", "address", "why"),
    [
        ("X: y", "", WRITER, "null_sender"),
        ("Return-Path: <>", None, WRITER, "null_sender"),
        ("Auto-Submitted: auto-generated", WRITER, WRITER, "auto_generated"),
        ("Precedence: bulk", WRITER, WRITER, "bulk"),
        ("List-Unsubscribe: <https://example.org>", WRITER, WRITER, "bulk"),
        ("X-Auto-Response-Suppress: DR, All", WRITER, WRITER, "suppressed"),
        ("X: y", WRITER, "", "no_address"),
        ("X: y", WRITER, "Letters@wyomingstar.example", "own_address"),
        ("X: y", WRITER, "no-reply@example.org", "machine"),
        ("X: y", WRITER, "neighbours-request@example.org", "machine"),
    ],
)
def test_a_reason_withholds_the_answer(field, sender, address, why):
    expected = Noticed(rule="no_answer", severity=Severity.INFO, message=MESSAGES[why], data={"why": why})
    assert no_answer(parse(mail("x", field)), sender, address) == (expected,)


@pytest.mark.parametrize(
    "field",
    [
        "X: y",
        "Auto-Submitted: no",
        "X-Auto-Response-Suppress: OOF",
        "List-Post: <mailto:letters@wyomingstar.example>\r\nList-Unsubscribe: <x>\r\nPrecedence: list",
    ],
)
def test_a_person_is_answered(field):
    assert no_answer(parse(mail("x", field)), WRITER, WRITER) == ()
