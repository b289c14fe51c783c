import pytest

from submissions.intake.email.parsing import body as body_module
from submissions.intake.email.parsing import charsets
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, nested, part

ALTERNATIVE = nested("alternative", part("plain"), part("<p>rich</p>", "text/html"), boundary="alt")


def _body(*parts: str, subtype: str = "mixed") -> str:
    content, content_type = multipart(subtype, *parts)
    return parse(mail(content, content_type)).body


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([part("one"), part("two")], "one\n\ntwo"),
        ([part("<p>one</p>", "text/html"), part("GIF8", "image/gif"), part("two")], "one\n\ntwo"),
        ([part("one"), part("file", "text/plain", "Content-Disposition: attachment")], "one"),
        ([part("one"), part("file", "text/plain; name=notes.txt")], "one"),
        ([part("one", "text/plain; name=body.txt"), part("GIF8", "image/gif")], "one"),
        ([ALTERNATIVE, part("footer")], "plain\n\nfooter"),
        ([part("Subject: x\r\n\r\nforwarded", "message/rfc822")], "forwarded"),
        ([part("above"), part("Subject: x\r\n\r\nforwarded", "message/rfc822")], "above"),
        ([part("", "image/png")], ""),
        ([], ""),
    ],
)
def test_text_parts_are_joined_and_files_left_out(parts, text):
    assert _body(*parts) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([part("plain"), part("<p>rich</p>", "text/html")], "plain"),
        ([part("<p>rich</p>", "text/html"), part("plain")], "plain"),
        ([part("  "), part("<p>rich</p>", "text/html")], "rich"),
        ([part("<p>only</p>", "text/html")], "only"),
        ([nested("mixed", part("a"), part("b"), boundary="in"), part("<p>rich</p>", "text/html")], "a\n\nb"),
        ([nested("related", part("<p>rich</p>", "text/html"), part("x", "image/png"), boundary="in")], "rich"),
        ([part("BEGIN:VCALENDAR", "text/calendar")], ""),
    ],
)
def test_of_alternatives_one_is_read(parts, text):
    assert _body(*parts, subtype="alternative") == text


def test_a_multipart_without_parts_is_read_as_text():
    raw = mail("Just text.", "Content-Type: multipart/mixed; boundary=never")
    assert parse(raw).body == "Just text."


def test_control_and_direction_characters_are_gone():
    raw = mail("a\x00\u202eb\u200b\x1b[31m\r\nc \r\n".encode(), "Content-Type: text/plain; charset=utf-8")
    assert parse(raw).body == "ab[31m\nc"


def test_a_text_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(body_module, "MOST_CHARACTERS", 10)
    assert parse(mail("x" * 100)).body == "x" * 10


def test_flowed_text_is_unflowed():
    raw = mail("One long \r\nline.\r\n", "Content-Type: text/plain; format=flowed")
    assert parse(raw).body == "One long line."


@pytest.mark.parametrize("end", ["\n", " "])
def test_of_a_very_long_text_only_the_beginning_is_decoded(monkeypatch, end):
    monkeypatch.setattr(charsets, "MOST_BYTES", 10)
    raw = mail(f"a\u00e9\u00e9{end}bbbbbbbbbbbbb\nccc", "Content-Type: text/plain; charset=utf-8")
    assert parse(raw).body == ("a\u00e9\u00e9" if end == "\n" else "a\u00e9\u00e9 bbbb")
