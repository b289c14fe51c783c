import pytest

from submissions.screening.checks.characters import invisible, mixed_script
from tests.screening.drafts import draft, messages, policy, quoted

CYRILLIC_A = "\u0430"
GREEK_OMICRON = "\u03bf"


@pytest.mark.parametrize("word", [f"P{CYRILLIC_A}ypal", f"hell{GREEK_OMICRON}", f"m{CYRILLIC_A}yor"])
def test_a_letter_that_poses_as_another_is_quoted(word):
    found = mixed_script(draft(f"Our {word} spoke."), policy())
    assert quoted(found) == [word]


@pytest.mark.parametrize(
    "body",
    [
        "Мэр закрыл мост. Ο δήμαρχος έκλεισε τη γέφυρα.",
        "TNFα and a film of 5 μm, Übermut, café, naïve Ærø",
        "東京タワー is tall; العربية too",
        "α-helix and Δt",
        "plain",
    ],
)
def test_words_of_one_alphabet_are_honest(body):
    assert mixed_script(draft(body), policy()) == []


def test_mixed_words_in_the_headline_count():
    found = mixed_script(draft(headline=f"The m{CYRILLIC_A}yor"), policy())
    assert (messages(found), found[0].start) == (
        ["1 word with letters of another alphabet that look like ours"],
        None,
    )


@pytest.mark.parametrize(
    "char",
    ["\u200b", "\u202e", "\u2066", "\u2060", "\ufeff", "\u200d", "\u00ad", "\U000e0041"],
    ids=lambda char: f"U+{ord(char):04X}",
)
def test_an_invisible_character_quotes_the_word_around_it(char):
    found = invisible(draft(f"The ma{char}yor spoke."), policy())
    assert (messages(found), quoted(found)) == (["1 invisible character"], [f"ma{char}yor"])


@pytest.mark.parametrize(
    "body",
    [
        "\ufeffA mark at the head of a file.",
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 and the flag \U0001f3f4\U000e0067\U000e0062\U000e007f",
        "می\u200cخواهم",
        "שלום\u200f!",
        "Line\u2028break and\ttab",
    ],
)
def test_marks_that_a_script_or_an_emoji_needs_are_left_alone(body):
    assert invisible(draft(body), policy()) == []


def test_invisible_characters_in_the_headline_count():
    found = invisible(draft(headline="ma\u200byor"), policy())
    assert (messages(found), found[0].start) == (["1 invisible character"], None)
