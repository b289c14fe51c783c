from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.screening.mail_headers import HEAD, MailHeaders, read_headers

MAIL = (
    b"Received: from a\r\nMessage-ID:\r\n <one@example.org>\r\nTo: Star <letters@wyomingstar.example>,\r\n"
    b"\tAnn <Ann@Example.org>\r\nCc: ann@example.org, opinion@tribune.example\r\nSubject: to: x@y.example\r\n\r\n"
    b"Message-ID: <body@example.org>\r\nTo: nobody@example.org\r\n"
)


def test_headers_are_read_unfolded_and_each_address_once():
    assert read_headers(MAIL) == MailHeaders(
        message_id="<one@example.org>",
        recipients=("letters@wyomingstar.example", "ann@example.org", "opinion@tribune.example"),
    )


def test_a_mail_without_those_headers_has_none():
    assert read_headers(b"\r\nTo: nobody@example.org") == MailHeaders()


def test_a_message_id_with_a_line_break_or_space_in_it_is_none():
    assert read_headers(b"Message-ID: <one two@example.org>\n\n").message_id == ""


def test_headers_beyond_the_head_are_not_read():
    assert read_headers(b"X: " + b"a" * HEAD + b"\r\nMessage-ID: <late@example.org>\r\n") == MailHeaders()


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(head):
    read_headers(b"To: " + head)
