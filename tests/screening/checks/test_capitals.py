import pytest

from submissions.screening.checks.capitals import capitals
from tests.screening.drafts import draft, messages, policy, quoted

SHOUTED = "THE BRIDGE WAS CLOSED - AGAIN - IN 2026 AND NOBODY ASKED US"


def test_a_text_in_capitals_is_noticed():
    found = capitals(draft(f"Sirs: {SHOUTED}, ok"), policy())
    assert messages(found) == ["Written in capitals"]
    assert quoted(found) == [f"{SHOUTED},"]


def test_a_passage_in_capitals_is_noticed():
    calm = "It was a quiet evening on the square, and many of us were there to hear the band play. " * 3
    found = capitals(draft(calm + SHOUTED), policy())
    assert (messages(found), quoted(found)) == (["A passage in capitals"], [SHOUTED])


@pytest.mark.parametrize(
    "body",
    [
        "The WYDOT and the BLM met the EPA, NASA, FEMA and the FBI at the UW on Monday in the old hall.",
        "Это честное письмо о мосте и о реке.",
        "この橋は閉鎖されました。" * 20,
        "NO!",
        "",
        "A B C 1 2 3 " * 2,
        "I I I I I I I said so to him and I mean it, as do all of us in this town, young and old",
    ],
)
def test_names_emphasis_and_scripts_without_capitals_are_left_alone(body):
    assert capitals(draft(body), policy()) == []


def test_capital_letters_hidden_in_words_are_no_passage():
    assert capitals(draft("iPHONEx " * 10), policy()) == []
