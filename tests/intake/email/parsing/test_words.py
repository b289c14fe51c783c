import pytest

from submissions.intake.email.parsing.words import decode_words, header_text, parameter_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?caf=C3=A9_open?=", "café open"),
        ("=?UTF-8?B?w6k=?=", "é"),
        ("=?utf-8*en?Q?a?=", "a"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?utf-8?b?ww==?= =?utf-8?b?qQ?=", "é"),
        ("=?utf-8?q?=C3?=\r\n =?utf-8?q?=A9?=", "é"),
        ("=?iso-8859-1?q?=E9?= =?utf-8?q?=C3=A9?=", "éé"),
        ("=?nonsense?q?abc?=", "abc"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?=0D=0ABcc:_x?=", "\r\nBcc: x"),
    ],
)
def test_decode_words(value, text):
    assert decode_words(value) == text


def test_header_text_reads_raw_eight_bit():
    assert header_text("é".encode().decode("ascii", "surrogateescape")) == "é"
    assert header_text("déjà") == "déjà"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a.txt", "a.txt"),
        ("=?utf-8?q?=C3=A9.txt?=", "é.txt"),
        (("utf-8", "en", "Ã©.txt"), "é.txt"),
        ((None, None, "Ã©.txt"), "é.txt"),
        (("nul\x00", None, "a.txt"), "a.txt"),
        ("utf-8''%C3%A9.txt", "é.txt"),
        ("100%''s.txt", "100%''s.txt"),
    ],
)
def test_parameter_text(value, text):
    assert parameter_text(value) == text
