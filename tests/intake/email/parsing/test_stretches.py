import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.intake.email.parsing import stretches
from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.parsing.stretches import shortened
from tests.intake.email.mails import PLAIN, mail, multipart, part


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A few hundred bytes are already large."""
    for name, size in {"LARGE": 500, "LONG": 300, "KEPT": 100, "TAIL": 10}.items():
        monkeypatch.setattr(stretches, name, size)


@pytest.mark.parametrize("raw", [b"a" * 499, b"line\r\n--b\r\n" * 100, b""])
def test_what_is_short_or_short_between_delimiters_stays_whole(raw):
    assert shortened(raw) == (raw, None)


def test_a_long_stretch_is_left_out_and_put_back():
    raw = b"Subject: x\r\n\r\n" + b"0123456789\r\n" * 200 + b"--b\r\nend"
    short, left = shortened(raw)
    assert len(short) < 300
    assert short.endswith(b"0123456789\r\n--b\r\nend")
    assert left
    assert left.put_back(short) == raw
    assert left.put_back(b"something else") == b"something else"


def test_a_header_is_kept_whole_whatever_its_length():
    raw = b"X-Long: " + b"x" * 700 + b"\r\nSubject: kept\r\n\r\n" + b"0123456789\r\n" * 200
    short, left = shortened(raw)
    assert left
    assert short.startswith(raw[: raw.index(b"0")])
    assert parse(raw).subject == "kept"


def test_nobody_can_write_the_mark_of_another_message():
    raw = b"x" * 600
    assert shortened(raw)[0] != shortened(raw)[0]


def test_a_mark_that_leads_nowhere_is_nothing():
    left = shortened(b"x" * 600)[1]
    assert left
    assert left.put_back(b"a" + left.mark + b"77-b") == b"ab"


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_large_message_is_read_as_a_small_one(end):
    content = bytes(range(256)) * 20
    encoded = base64.encodebytes(content).decode()
    file = part(encoded, "application/octet-stream; name=a.bin", "Content-Transfer-Encoding: base64")
    inner = part("Subject: inner\r\n\r\n" + "Words. " * 200, "message/rfc822")
    body, content_type = multipart("mixed", part("Text. " * 300), file, inner)
    message = parse(mail(body, content_type).replace(b"\r\n", end.encode()))
    assert message.body == ("Text. " * 300).rstrip()
    assert message.files[0].content == content
    assert message.files[1].content.replace(b"\r\n", b"\n") == b"Subject: inner\n\n" + b"Words. " * 200


def test_a_header_without_end_is_read_as_far_as_it_is_kept():
    message = parse(mail("x", *(f"X-{number}: 1" for number in range(200)), PLAIN))
    assert (message.subject, message.address) == ("Keep the footbridge open", "w.prairie@example.org")


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([b"\r\n", b"\n", b"\r", b"--b", b"\n--b\r\n", b"a" * 150, b"b: c", b"\xff" * 90]), max_size=60
    )
)
def test_whatever_is_left_out_comes_back(pieces):
    raw = b"".join(pieces) + b"x" * 500
    short, left = shortened(raw)
    assert (left.put_back(short) if left else short) == raw
