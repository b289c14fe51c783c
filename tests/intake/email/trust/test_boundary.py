import pytest

from submissions.intake.email.parsing.headers import MOST_FIELDS
from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.trust.boundary import own_fields

RAW = (
    b"Return-Path: <ann@example.org>\r\nReceived: by border\r\nAuthentication-Results: mx;\r\n none\r\n"
    b"Received: by theirs\r\nX-Own: no\r\nReceived: by laptop\r\nSubject: x\r\n\r\n"
)


@pytest.mark.parametrize(
    ("hops", "names"),
    [
        (0, ["return-path"]),
        (1, ["return-path", "received", "authentication-results"]),
        (2, ["return-path", "received", "authentication-results", "received", "x-own"]),
    ],
)
def test_our_own_fields_end_above_the_first_received_that_is_not_ours(hops, names):
    assert [name for name, _ in own_fields(parse(RAW), hops)] == names


def test_a_message_that_nobody_passed_on_has_no_border():
    assert [name for name, _ in own_fields(parse(b"From: a\nSubject: b\n\n"), 1)] == ["from", "subject"]


def test_raw_bytes_in_a_field_come_as_text():
    assert list(own_fields(parse(b"X-A: caf\xc3\xa9\n\n"), 1)) == [("x-a", "café")]


def test_no_more_fields_are_looked_at_than_a_header_may_have():
    assert len(list(own_fields(parse(b"X: y\n" * (MOST_FIELDS + 5)), 1))) == MOST_FIELDS
