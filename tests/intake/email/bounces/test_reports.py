import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.bounces.reports import (
    Fate,
    action_of,
    fates_in,
    gravest,
    has_part,
    report_of,
    report_type,
    wrapped_report,
)
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, part

GONE = "Final-Recipient: rfc822; Gone@B.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
FATE = Fate(address="gone@b.example", action="failed", status="5.1.1")


def _report(content: str, content_type: str = "message/delivery-status", *fields: str):
    body, header = multipart("report", part("It failed."), part(content, content_type, *fields))
    return parse(mail(body, f"{header}; report-type=Delivery-Status"))


def test_a_report_tells_the_fate_of_each_recipient():
    found = report_of(_report(f"Reporting-MTA: dns; mx.example\r\n\r\n{GONE}\r\n{GONE.replace('Gone', 'Too')}").tree)
    assert found == (FATE, Fate(address="too@b.example", action="failed", status="5.1.1"))


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (base64.b64encode(GONE.encode()).decode(), ["Content-Transfer-Encoding: base64"]),
        (GONE.replace("failed", "f=61iled"), ["Content-Transfer-Encoding: quoted-printable"]),
    ],
)
@pytest.mark.parametrize("kind", ["delivery-status", "global-delivery-status"])
def test_a_report_is_read_whatever_its_encoding(kind, content, fields):
    assert report_of(_report(content, f"message/{kind}", *fields).tree) == (FATE,)


def test_international_reports_are_read():
    assert report_of(_report(GONE.replace("rfc822", "utf-8"), "message/global-delivery-status").tree) == (FATE,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GONE, FATE),
        ("Final-Recipient: <gone@b.example>\nAction: failed (expired)\nStatus: 5.1.1 (gone)\n", FATE),
        ("Status: 5.1.1\nAction: error\nOriginal-Recipient: rfc822;gone@b.example\nFinal-Recipient: x400; y", FATE),
        ("Final-Recipient: rfc822;\n gone@b.example\nAction: failed\nStatus: 5.1.1", FATE),
        ("> Final-Recipient: rfc822; gone@b.example\n> Action: failed\n> Status: 5.1.1", FATE),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 5.1.1 x\nFinal-Recipient: rfc822;gone@b.example", FATE),
        ("Final-Recipient: rfc822; nobody\nAction: delayed", Fate(address="", action="delayed", status="")),
    ],
)
def test_fields_are_read_as_they_come(text, expected):
    assert tuple(fates_in(text)) == (expected,)


@pytest.mark.parametrize("text", ["", "Status: RO\n", "Action: failed\n", "Final-Recipient: rfc822; a@b.example\n"])
def test_a_group_without_recipient_or_fate_tells_nothing(text):
    assert tuple(fates_in(text)) == ()


@pytest.mark.parametrize(
    ("written", "action"),
    [("Failed", "failed"), ("delay", "delayed"), ("relayed", "relayed"), ("expired", "failed"), ("xxx", ""), ("", "")],
)
def test_the_action_is_one_of_the_standard_words(written, action):
    assert action_of(written) == action


def test_the_gravest_fate_counts():
    arrived, late = (Fate(address=f"{name}@b.example", action=name, status="") for name in ("delivered", "delayed"))
    assert (gravest([arrived, late, FATE]), gravest([arrived, late]), gravest([])) == ((FATE,), (late,), ())


def test_the_report_of_a_message_within_is_not_its_own():
    inner = _report(GONE)
    body, header = multipart(
        "mixed", part("See below."), f"Content-Type: message/rfc822\r\n\r\n{inner.tree}", boundary="outer"
    )
    message = parse(mail(body, header))
    assert report_of(message.tree) is None
    assert not has_part(message, "message/delivery-status")
    assert wrapped_report(message.tree) == (FATE,)


def test_the_type_of_a_report_is_told():
    plain = parse(mail())
    assert (report_type(_report(GONE)), report_type(plain), report_of(plain.tree)) == ("delivery-status", "", None)


def test_an_unparsable_report_type_is_clean_text():
    body, content_type = multipart("report", part("x"))
    assert report_type(parse(mail(body, f"{content_type}; report-type*=nul\x00''x"))) == "nul''x"


_LINE = st.sampled_from(["Action:", "Final-Recipient: rfc822;", "Status: 5.1.1", "", " x", "a@b.example", "\x00", "é"])


@given(st.lists(_LINE | st.text(max_size=40), max_size=30).map("\n".join))
def test_no_text_is_too_odd(text):
    fates = [*fates_in(text), *(report_of(_report(text.encode("utf-8", "replace").decode()).tree) or ())]
    assert {fate.action for fate in fates} <= {"failed", "delayed", "delivered", "relayed", "expanded", ""}
