from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from submissions.intake.email.parsing import attachments, tree
from submissions.intake.email.parsing import parse as parse_module
from submissions.intake.email.parsing.parse import ParsedMessage, parse
from submissions.intake.email.timelimit import within
from tests.intake.email.mails import mail, multipart, nested, part


def test_parse_reads_a_plain_letter():
    message = parse(mail("Keep it open.\n", "In-Reply-To: <0@example.org>"))
    assert (message.name, message.address) == ("W. Prairie", "w.prairie@example.org")
    assert (message.subject, message.body) == ("Keep the footbridge open", "Keep it open.")
    assert (message.message_id, message.refers_to) == ("1@example.org", ("0@example.org",))
    assert (message.files, message.over, message.content_type) == ((), (), "text/plain")


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\x00", b"no header at all", b"\xff" * 1000, b":", b"From", b"From x\n\n"]
)
def test_parse_reads_what_is_hardly_a_message(raw):
    message = parse(raw)
    assert (message.address, message.files, message.over) == ("", (), ())


def test_parse_says_what_was_too_deep():
    inner = part("deep")
    for number in range(40):
        inner = nested("mixed", inner, boundary=f"n{number}")
    content, content_type = multipart("mixed", inner)
    assert parse(mail(content, content_type)).over == ("depth",)


def test_parse_keeps_the_fields_of_a_forwarded_message_as_they_came():
    inner = b"Subject: two  blanks,\r\n and\r\n\ta fold\r\nX-Long: " + b"a " * 100_000 + b"z\r\n\r\nhi\r\n"
    with within(20):
        message = parse(mail(inner, "Content-Type: message/rfc822"))
    assert [file.content for file in message.files] == [inner]


@pytest.mark.parametrize("field", ['; a="' + ";" * 200_000, "; boundary=" + "b." * 200_000])
def test_parse_gets_past_a_content_type_without_end(field):
    with within(20):
        message = parse(mail("Keep it open.\r\n", f"Content-Type: multipart/mixed{field}"))
    assert (message.body, message.over) == ("Keep it open.", ())


def test_parse_says_what_was_too_long():
    message = parse(mail("word " * 120_000))
    assert (message.over, len(message.body)) == (("text",), 500_000)


def test_parse_reads_only_the_header_of_a_bomb():
    message = parse(mail("\r\n--b\r\n\r\nx" * 30_000, "Content-Type: multipart/mixed; boundary=b"))
    assert (message.over, message.body, message.subject) == (("parts",), "", "Keep the footbridge open")


@pytest.mark.parametrize(
    ("field", "date"),
    [
        ("Mon, 05 Jan 2026 10:00:00 -0700", datetime(2026, 1, 5, 17, tzinfo=UTC)),
        ("Mon, 05 Jan 2026 10:00:00 -0000", datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("5 Jan 26 10:00 GMT", datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("Mon, 99 Jan 2026 10:00:00 -0700", None),
        ("Fri, 31 Dec 9999 23:00:00 -1200", None),
        ("\xff", None),
        ("1 " * 50_000, None),
        ("", None),
    ],
)
def test_parse_reads_a_date_or_none(field, date):
    assert parse(mail(Date=field)).date == date


def test_parse_says_what_was_too_large(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    small, large = part("12345", "image/x-a; name=a"), part("123456", "image/x-a; name=b")
    message = parse(mail(*multipart("mixed", part("text"), small, large, small)))
    assert ([file.name for file in message.files], message.over, message.body) == (["a"], ("size",), "text")


def test_parse_reads_only_the_header_of_too_many_lines(monkeypatch):
    monkeypatch.setattr(tree, "MOST_LINES", 10)
    message = parse(mail("\r\n" * 11))
    assert (message.over, message.body, message.subject) == (("structure",), "", "Keep the footbridge open")


def test_parse_lets_no_half_of_a_pair_through():
    assert parse(mail(b"a+2D0-b", "Content-Type: text/plain; charset=utf-7")).body == "a\ufffdb"


def test_parse_fails_without_memory(monkeypatch):
    def no_room(_tree):
        raise MemoryError

    monkeypatch.setattr(parse_module, "outline", no_room)
    with pytest.raises(MemoryError):
        parse(mail())


def test_parse_reads_fifty_thousand_recipients():
    message = parse(mail(To=", ".join(f"a{number}@example.org" for number in range(50_000))))
    assert (message.address, message.body, message.over) == ("w.prairie@example.org", "Keep the footbridge open.", ())


def _is_clean(text: str) -> bool:
    return not any(
        (ord(char) < 32 and char not in "\n\t") or "\ud800" <= char <= "\udfff" or char in "\x7f\u202e\u2066"
        for char in text
    )


def _check(message: ParsedMessage) -> None:
    texts = [message.subject, message.name, message.address, message.body, message.message_id, *message.refers_to]
    texts += [text for file in message.files for text in (file.name, file.label)]
    assert all(len(file.label) <= 60 for file in message.files)
    assert all(_is_clean(text) for text in texts)
    assert "\n" not in message.subject + message.name + message.address + message.message_id


HOSTILE = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b'Content-Type: multipart/alternative; boundary="b"\r\n',
        b"Content-Type: text/html; charset=idna\r\n",
        b"Content-Type: text/plain; charset=zlib; format=flowed; name*=x\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*2=b\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: x-uuencode\r\n",
        b"From: a:b:c;<[x]>,,\xff\r\n",
        b"Message-ID: <[x]>\r\n",
        b"Subject: =?utf-8?b?\xff?= =?idna?q?=0D=0A?=\r\n",
        b"Date: Mon, 99 \xff\r\n",
        b"References: <a@b> <\x00@c>\r\n",
        b"\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"begin 644 a\r\n#86%A\r\nend\r\n",
        b"=ybegin line=1 name=\xff\r\n",
        b"=yend \r\n",
        b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22",
        b"Content-Type: text/html; charset=utf-7\r\n\r\n+2D0-",
        b"<p>\x1e\x00<br></div>",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(HOSTILE, st.binary(max_size=60)), max_size=25).map(b"".join))
def test_parse_never_raises_and_lets_nothing_unclean_through(raw):
    _check(parse(raw))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["From", "Subject", "Message-ID", "Date", "Content-Type", "References"])
)
def test_parse_bears_any_bytes_in_any_field(value, name):
    _check(parse(name.encode() + b": " + value + b"\r\n\r\nbody"))
