import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.models.reference import ALPHABET, LENGTH, clean_reference, new_reference, spaced_reference

codes = st.builds(lambda _: new_reference(), st.none())


def test_new_reference_has_its_length_and_alphabet():
    code = new_reference()
    assert len(code) == LENGTH == 15
    assert set(code) <= set(ALPHABET)


def test_alphabet_has_no_look_alikes():
    for pair in ("0O", "O0", "1I", "1L", "IL", "2Z", "5S", "6G", "8B", "UV"):
        assert not set(pair) <= set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 23


def test_references_do_not_repeat():
    assert len({new_reference() for _ in range(1000)}) == 1000


@given(codes)
def test_reference_is_found_however_it_is_typed(code):
    shown = spaced_reference(code)
    assert shown == f"{code[:5]}-{code[5:10]}-{code[10:]}"
    assert [clean_reference(typed) for typed in (code, shown, shown.lower(), f"  {shown.replace('-', ' ')}\n")] == [
        code
    ] * 4


@given(codes, st.data())
def test_every_wrong_character_is_noticed(code, data):
    place = data.draw(st.integers(0, LENGTH - 1))
    for char in set(ALPHABET) - {code[place]}:
        assert clean_reference(code[:place] + char + code[place + 1 :]) is None


@given(codes)
def test_every_swap_of_neighbours_is_noticed(code):
    for place in range(LENGTH - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert clean_reference(swapped) == (code if swapped == code else None)


@pytest.mark.parametrize("typed", ["", "-", "A", "A" * 14, "A" * 16, "0" * 15, "É" * 15, "٣" * 15, "A" * 100_000])
def test_what_cannot_be_a_reference_is_none(typed):
    assert clean_reference(typed) is None


@given(st.text(max_size=40))
def test_any_text_is_a_reference_or_none(typed):
    found = clean_reference(typed)
    assert found is None or clean_reference(found) == found
