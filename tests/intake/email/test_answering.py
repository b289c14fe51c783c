import pytest

from submissions.intake.email.answering import MESSAGES, no_answer, unwrapped
from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.trust.verdict import Trust
from submissions.models import Noticed, Severity
from tests.intake.email.mails import mail

pytestmark = pytest.mark.django_db
WRITER = "w.prairie@example.org"
VOUCHED = Trust(verdict="vouched", by="dmarc", policy="reject")
FORGED = Trust(verdict="failed", policy="reject")


def why(*fields, sender=WRITER, address=WRITER, trust=Trust()):  # noqa: B008
    """The code of the finding, "" if the mail is answered."""
    found = no_answer(parse(mail("x", *fields)), sender, address, trust)
    return found[0].data["why"] if found else ""


@pytest.mark.parametrize(
    ("field", "sender", "address", "code"),
    [
        ("X: y", "", WRITER, "null_sender"),
        ("Return-Path: <>", None, WRITER, "null_sender"),
        ("Auto-Submitted: auto-generated", WRITER, WRITER, "auto_generated"),
        ("X-Loop: other.example:signature", WRITER, WRITER, "marked"),
        ("Precedence: bulk", WRITER, WRITER, "bulk"),
        ("List-Unsubscribe: <https://example.org>", WRITER, WRITER, "bulk"),
        ("X-Auto-Response-Suppress: DR, All", WRITER, WRITER, "suppressed"),
        ("X: y", WRITER, "", "no_address"),
        ("X: y", WRITER, "Letters@wyomingstar.example", "own_address"),
        ("X: y", WRITER, "no-reply@example.org", "machine"),
        ("X: y", WRITER, "neighbours-request@example.org", "machine"),
    ],
)
def test_a_reason_withholds_the_answer(field, sender, address, code):
    expected = Noticed(rule="no_answer", severity=Severity.INFO, message=MESSAGES[code], data={"why": code})
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


def test_every_reason_fits_a_finding():
    assert max(len(text) for text in MESSAGES.values()) <= 300


@pytest.mark.parametrize(
    "sender",
    [
        "W.Prairie@Example.org",
        "w.prairie+letters@example.org",
        "SRS0=x1y2=AB=example.org=w.prairie@forwarder.example",
        "srs0+x1y2=AB=example.org=w.prairie@forwarder.example",
        "SRS1=q7=forwarder.example==x1y2=AB=example.org=w.prairie@second.example",
        "prvs=4312ab9cd=w.prairie@example.org",
        "btv1==0123456789ab==w.prairie@example.org",
        "SRS0=x=y=example.org=prvs=4312ab9cd=w.prairie@forwarder.example",
    ],
)
def test_the_writers_own_envelope_is_answered_whatever_was_made_of_it(sender):
    assert why(sender=sender) == ""


@pytest.mark.parametrize(
    "sender",
    [
        "other@example.org",
        "w.prairie@mail.example.org",
        "w.prairie",
        "SRS0=x=y=example.org=other@forwarder.example",
        "SRS0=example.org=w.prairie@forwarder.example",
        "prvs=w.prairie@example.org",
        "bounces+w.prairie=example.org@bulk.example",
    ],
)
def test_another_envelope_than_the_writers_is_left_to_an_editor(sender):
    assert why(sender=sender, trust=VOUCHED) == "envelope"


def test_wrappings_are_undone_only_so_often():
    assert unwrapped("prvs=1=" * 4 + "a@example.org") == "prvs=1=a@example.org"


@pytest.mark.parametrize(
    ("authserv_id", "trust", "code"),
    [
        ("", Trust(), ""),
        ("mx.paper.example", Trust(), "no_envelope"),
        ("mx.paper.example", Trust(verdict="failed", policy="none"), "no_envelope"),
        ("mx.paper.example", VOUCHED, ""),
    ],
)
def test_without_an_envelope_only_a_vouched_address_is_answered(settings, authserv_id, trust, code):
    settings.AUTHSERV_ID = authserv_id
    assert why(sender=None, trust=trust) == code


def test_what_the_server_noted_in_return_path_is_the_envelope(settings):
    settings.AUTHSERV_ID = "mx.paper.example"
    assert why(f"Return-Path: <{WRITER}>", sender=None) == ""
    assert why("Return-Path: <other@example.org>", sender=None) == "envelope"


@pytest.mark.parametrize("sender", [WRITER, None])
def test_a_forged_sender_is_not_answered(sender):
    assert why(sender=sender, trust=FORGED) == "unauthenticated"


def test_a_failed_sender_is_answered_where_its_domain_does_not_mind():
    assert why(trust=Trust(verdict="failed", policy="none")) == ""
