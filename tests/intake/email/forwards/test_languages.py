import pytest

from tests.intake.email.forwards.samples import (
    ADDRESS,
    BODY,
    LANGUAGES,
    NAME,
    STYLES,
    SUBJECT,
    Words,
    outlook,
    quote,
    unwrapped,
)

by_language = pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)


@by_language
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_unwrap_finds_the_author_in_every_language_and_style(words, style):
    found = unwrapped(style(words), f"{words.prefix}: {SUBJECT}")

    assert found
    assert (found.name, found.address, found.subject, found.body) == (NAME, ADDRESS, SUBJECT, BODY)
    assert (found.covering, found.how, found.depth, found.confidence) == ("", "inline", 1, "high")
    assert str(found.date) == "2026-01-05 10:00:00"


@by_language
def test_unwrap_keeps_the_covering_words_apart(words):
    found = unwrapped(f"For Thursday's page?\n\nNell\n\n{outlook(words)}", f"{words.prefix}: {SUBJECT}")

    assert found
    assert (found.covering, found.body) == ("For Thursday's page?\n\nNell", BODY)


@by_language
def test_unwrap_takes_no_answer_for_a_forward(words: Words):
    assert unwrapped(f"Thank you, it runs on Thursday.\n\n{outlook(words)}", f"Re: {SUBJECT}") is None
    assert unwrapped(f"Thank you.\n\n{outlook(words)}\n{quote(BODY)}", "Thursday") is None
