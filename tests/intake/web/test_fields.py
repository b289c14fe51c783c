import pytest
from django import forms

from submissions.intake.web.fields import LineField, LinesField, PhoneField


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("307 555 0134", "+13075550134"),
        ("(307) 555-0134 ext. 12", "+13075550134;ext=12"),
        ("+49 30 901820", "+4930901820"),
        ("", ""),
    ],
)
def test_phone_is_stored_as_e164(typed, number):
    assert PhoneField(required=False).clean(typed) == number


@pytest.mark.parametrize("typed", ["12", "call me", "911", "+1 307"])
def test_half_a_phone_number_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="such as 307 555 0134"):
        PhoneField().clean(typed)


def test_line_loses_line_ends_nulls_and_characters_that_turn_it_around():
    assert LineField().clean("W.\r\nPrairie\x00 \u202egnp.exe\u200b ") == "W. Prairie gnp.exe"


def test_lines_keep_their_line_ends():
    assert LinesField().clean("One.\r\n\r\nTwo.\x07") == "One.\n\nTwo."
