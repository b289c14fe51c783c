import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.notifications.clean import one_line


def test_a_line_keeps_its_words_only():
    assert one_line(" Keep\r\nBcc: x@y.example\u2028the\u202e bridge\u200b\x00 ") == "Keep Bcc: x@y.example the bridge"


def test_a_long_line_is_cut():
    assert one_line("word " * 100, limit=12) == "word word w…"


@settings(deadline=None)
@given(st.text())
def test_a_line_holds_nothing_that_a_header_could_misread(text):
    line = one_line(text)
    assert len(line) <= 120
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
