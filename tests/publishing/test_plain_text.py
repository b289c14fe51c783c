import pytest

from submissions.publishing.plain_text import clean, excerpt, one_line, paragraphs

TRICKS = "\u202e\u2066\u200b\u200e\ufeff\u00ad\U000e0041\x00\x1b\x07\ud800\ufffe"


def test_clean_drops_what_no_reader_sees():
    assert clean(f"a{TRICKS}b\tc") == "ab\tc"


def test_clean_keeps_joiners_that_scripts_and_emoji_are_spelt_with():
    assert clean("می\u200cخواهم 👩\u200d🌾") == "می\u200cخواهم 👩\u200d🌾"


def test_clean_of_erased_text_is_empty():
    assert clean(None) == ""


def test_one_line_has_no_line_breaks():
    assert one_line(" a\r\nb\u2028 c\t") == "a b c"


LONG = "A line that was typed to its end and is far longer than any mail program would let it be, is it not? Yes."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\n\n\n  \nTwo.\n", ["One.", "Two."]),
        (f"{LONG}\n{LONG}", [LONG, LONG]),
        (f"{'w' * 70}\n{'x' * 60}\nlast", [f"{'w' * 70} {'x' * 60} last"]),
        ("A short line\nand a verse", ["A short line\nand a verse"]),
        (" \n\n ", []),
        ("", []),
    ],
    ids=["blank lines", "typed without blank lines", "broken by a mail program", "verse", "blank", "empty"],
)
def test_paragraphs_are_what_the_writer_meant(text, found):
    assert paragraphs(text) == found


def test_excerpt_is_cut_between_words():
    assert excerpt("One two, three", 10) == "One two…"
    assert excerpt("One two", 10) == "One two"
    assert excerpt("x" * 20, 10) == "x" * 9 + "…"
