import pytest

from submissions.intake.email.parsing.charsets import codec_for, decode


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        (b"caf\xe9 \x93hi\x94", "iso-8859-1", "café “hi”"),
        ("中\u3402".encode("gb18030"), "gb2312", "中㐂"),
        ("똠".encode("cp949"), "ks_c_5601-1987", "똠"),
        ("①".encode("cp932"), "Shift_JIS", "①"),
        ("naïve".encode(), "us-ascii", "naïve"),
        ("naïve".encode(), "", "naïve"),
        (b"plain", "utf-8", "plain"),
        ("naïve".encode(), '"UTF-8"', "naïve"),
        (
            "Привет, как дела? Это письмо в редакцию.".encode("cp1251"),
            "utf-8",
            "Привет, как дела? Это письмо в редакцию.",
        ),
        (b"a+AGE-b", "unicode-1-1-utf-7", "aab"),
        (b"+2D3eAA-", "utf-7", "\U0001f600"),
        (b"a+2D0-", "utf-7", "a\ufffd"),
        ("町の橋".encode("iso2022_jp"), "us-ascii", "町の橋"),
        (b"\x1b$ is no Japanese", "", "\x1b$ is no Japanese"),
    ],
)
def test_decode_tries_declared_then_utf8_then_guesses(content, declared, text):
    assert decode(content, declared) == text


@pytest.mark.parametrize(
    "declared", ["nonsense", "utf-8\x00", "idna", "zlib", "punycode", "\udcff", "x" * 9000, "rot13"]
)
def test_a_charset_that_no_mail_is_written_in_is_ignored(declared):
    assert codec_for(declared) == ""
    assert decode("größer".encode(), declared) == "größer"


def test_bytes_that_fit_nothing_are_still_read():
    assert decode(bytes(range(256)), "utf-8").startswith("\x00\x01")


@pytest.mark.parametrize(
    "text",
    [
        "The council’s plan isn’t new: it is as old as the bridge, and as sound.",
        "The café on First is open again, at last.",
    ],
)
def test_an_undeclared_western_text_is_read_as_windows_wrote_it(text):
    assert decode(text.encode("cp1252")) == text
