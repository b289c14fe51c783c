import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.textdiff import cut_percent, only_style_changed, word_diff

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e.", "f\n\ng\nh"]), max_size=40).map(" ".join)


def test_word_diff_shows_what_stayed_what_was_cut_and_what_was_added():
    old = "The fence has a lock meant for years."
    new = "The new fence has a lock meant for a year."

    assert word_diff(old, new) == [
        ("same", "The "),
        ("added", "new "),
        ("same", "fence has a lock meant for "),
        ("cut", "years. "),
        ("added", "a year."),
    ]


def test_word_diff_of_a_text_with_itself_is_one_stretch():
    assert word_diff("One.\n\nTwo.", "One.\n\nTwo.") == [("same", "One.\n\nTwo.")]


def test_word_diff_of_nothing_is_empty():
    assert word_diff("", "") == []


def test_word_diff_sees_a_new_paragraph_but_not_a_wider_space():
    assert word_diff("One.  Two.", "One. Two.") == [("same", "One. Two.")]
    assert word_diff("One. Two.", "One.\n\nTwo.") == [("same", "One."), ("added", "\n\n"), ("same", "Two.")]


def test_word_diff_keeps_words_apart_where_the_last_one_goes():
    assert word_diff("It stands now", "It stands") == [("same", "It stands"), ("cut", " now")]
    assert word_diff("It stands", "stands It") == [("cut", "It "), ("same", "stands "), ("added", "It")]


@given(WORDS, WORDS)
def test_word_diff_gives_both_texts_back(old, new):
    runs = word_diff(old, new)

    assert "".join(text for op, text in runs if op != "cut") == new
    assert "".join(text for op, text in runs if op != "added").split() == old.split()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 5000, "b a " * 2500),
        (" ".join(map(str, range(5000))), " ".join(map(str, range(4999, -1, -1)))),
        ("a b c d e f " * 850, "f a c b d e " * 850),
    ],
    ids=["one word", "backwards", "shuffled"],
)
def test_word_diff_of_hostile_texts_takes_no_time(old, new):
    start = time.process_time()

    word_diff(old, new)

    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("old", "new", "percent"),
    [
        ("one two three four", "one two three four", 0),
        ("one two three four", "one two four", 25),
        ("one two three four", "one 2 three four", 0),
        ("one two three four", "", 100),
        ("a long term plan", "a long-term plan", 0),
        ("", "one", 0),
    ],
)
def test_cut_percent_counts_the_words_that_are_gone(old, new, percent):
    assert cut_percent(old, new) == percent


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We recieve it.", "We receive it."),
        ("It occured twice.", "It occurred twice."),
        ("definately the colour", "definitely the color"),
        ("the city , i think", "The city, I think,"),
        ("a long term plan", "a long-term plan"),
        ("its Jo's “view”", "it's Jo's 'view'"),
        ("It is very, very late.", "It is very late."),
        ("It is closed. It was not safe. It has a lock.", "It is closed. It has a lock."),
        ("One. Two.", "One.\n\nTwo."),
        ("a Very big dog,", "a very dog"),
        ("the very big recieved sum", "the received sum"),
    ],
)
def test_style_is_spelling_punctuation_and_cuts(old, new):
    assert only_style_changed(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It is not safe.", "It is safe."),
        ("It didn't close.", "It did close."),
        ("It doesn’t ever close, they say.", "It ever close, they say."),
        ("We go only there.", "We go there."),
        ("ten men went", "ten women went"),
        ("10 men", "100 men"),
        ("1.5 miles", "15 miles"),
        ("from the form", "form the form"),
        ("the county road", "the country road"),
        ("It is late.", "It is late. The mayor knows."),
        ("the big plan", "the bad plan"),
        ("trains", "stations"),
        ("the trains run", "the trainings run"),
    ],
)
def test_more_than_style_is_other_words_other_figures_and_cuts_that_turn_a_sentence(old, new):
    assert not only_style_changed(old, new)
