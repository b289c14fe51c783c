import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.cleaning import clean, clean_text, one_line

TRICKS = "\u202e\u2066\u200b\u200e\ufeff\u00ad\U000e0041\x00\x1b\x07\ud800\ufffe"


def test_clean_drops_what_no_reader_sees():
    assert clean(f"a{TRICKS}b\tc") == "ab\tc"


def test_clean_keeps_joiners_that_scripts_and_emoji_are_spelt_with():
    assert clean("می\u200cخواهم 👩\u200d🌾") == "می\u200cخواهم 👩\u200d🌾"


def test_clean_of_erased_text_is_empty():
    assert clean(None) == ""


def test_a_text_keeps_its_paragraphs():
    assert clean_text("\r\nOne. \r\rTwo.\n\n\n\n\nThree.\u2028") == "One.\n\nTwo.\n\n\nThree."


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (" Keep\r\nBcc: x@y.example\u2028the\u202e bridge\u200b\x00 ", "Keep Bcc: x@y.example the bridge"),
        (" a\r\nb\u2028 c\t", "a b c"),
        ("e\u0301", "é"),
    ],
    ids=["header injection", "line breaks", "composed"],
)
def test_a_line_keeps_its_words_only(typed, line):
    assert one_line(typed) == line


def test_a_long_line_is_cut():
    assert one_line("word " * 100, 10) == "word word"


@settings(deadline=None)
@given(st.text())
def test_a_line_holds_nothing_that_a_header_could_misread(text):
    assert not {unicodedata.category(char) for char in one_line(text)} & {"Cc", "Cs", "Zl", "Zp"}
