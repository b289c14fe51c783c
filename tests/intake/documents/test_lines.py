import pytest

from submissions.intake.documents.lines import Line, paragraphs_of, without_number


def page(*texts: str, right: float | None = None) -> list[Line]:
    return [
        Line(text=text, left=0, right=right or len(text), base=-10 * place, size=10) for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("it is a well-", "known fact"), "it is a well-known fact"),
        (("it is a well\ufffe", "known fact"), "it is a well-known fact"),
        (("they be\xad", "gan"), "they began"),
        (("bridges are bridg-", "es are bridges"), "bridges are bridges are bridges"),
        (("Smith-", "Jones"), "Smith-Jones"),
        (("pages 1-", "2"), "pages 1-2"),
        (("so -", "they say"), "so - they say"),
        (("the be-", "ginning of a sum-", "mer in the moun-", "tains"), "the beginning of a summer in the mountains"),
        (("one be-", "gins a sum-", "mer long-", "term in moun-", "tains", "long-term"),
         "one begins a summer long-term in mountains long-term"),
    ],
)  # fmt: skip
def test_hyphens_at_line_ends_go_only_where_words_were_broken(lines, text):
    assert list(paragraphs_of([page(*lines, right=30)])) == [text]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (("a line that is full", "and one more."), ["a line that is full and one more."]),
        (("a line that is full", "\u2022 one", "\u2022 two"), ["a line that is full", "\u2022 one", "\u2022 two"]),
        (("short.", "a line that is full"), ["short.", "a line that is full"]),
        (("a line that goes", "on and on and on, as"), ["a line that goes on and on and on, as"]),
        (("a line that", "goes not on and is in a list"), ["a line that", "goes not on and is in a list"]),
    ],
)
def test_line_with_room_for_the_next_word_ends_a_paragraph(lines, paragraphs):
    assert list(paragraphs_of([page(*lines)])) == paragraphs


def test_indent_and_size_begin_a_paragraph():
    lines = [
        Line(text="HEADLINE", left=0, right=100, base=0, size=20),
        Line(text="one line that is full", left=0, right=100, base=-20, size=10),
        Line(text="next", left=15, right=100, base=-30, size=10),
        Line(text="goes on", left=0, right=100, base=-40, size=10),
    ]
    assert list(paragraphs_of([lines])) == ["HEADLINE", "", "one line that is full", "next goes on"]


@pytest.mark.parametrize(
    ("text", "left"), [("3", 1), ("Page 3 of 9", 1), ("\u2013 3 \u2013", 1), ("4", 2), ("3 men", 2)]
)
def test_only_the_page_s_own_number_is_left_out(text, left):
    assert len(without_number(page("text", text), 3)) == left
    assert len(without_number(page(text, "text"), 3)) == left
