import pytest

from submissions.publishing.plain_text import excerpt, paragraphs

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
