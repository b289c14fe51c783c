import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.rewrap import rewrap

PROSE = (
    "The footbridge over the tracks was closed without a word to those who walk it every day, and nobody has said "
    "when it is to be opened again. An inspection takes a week, and the fence has a lock meant for years."
)


@pytest.mark.parametrize("width", [60, 72, 76, 78])
def test_prose_that_a_program_wrapped_is_one_paragraph_again(width):
    wrapped = "\n".join(textwrap.wrap(PROSE, width))
    assert rewrap(f"{wrapped}\n\n{wrapped}") == f"{PROSE}\n\n{PROSE}"


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red,\nviolets are blue,\nthe bridge is shut,\nand so are you.",
        f"{PROSE}\n\nSincerely,\nWilla Prairie\nLaramie",
        "\n".join(textwrap.wrap(PROSE, 72)[:1])
        + "\n- one thing that must be said, at some length, so that it nearly fills",
        "> " + PROSE[:70] + "\n> " + PROSE[70:140],
        "",
        "one line",
    ],
)
def test_breaks_that_a_writer_made_stay(text):
    assert rewrap(text) == text


def test_a_sign_off_below_wrapped_prose_stays():
    wrapped = "\n".join(textwrap.wrap(PROSE, 72))
    assert (
        rewrap(f"{wrapped}\n\nSincerely,\nWilla Prairie\nLaramie") == f"{PROSE}\n\nSincerely,\nWilla Prairie\nLaramie"
    )


@given(st.lists(st.sampled_from(["word", "a" * 70, "a" * 90, "", " x", "> q", "- i", "it is"])).map("\n".join))
def test_nothing_but_breaks_changes(text):
    found = rewrap(text)
    assert len(found) == len(text)
    assert found.replace("\n", " ") == text.replace("\n", " ")
