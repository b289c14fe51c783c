import pytest

from submissions.intake.email.parsing.flowed import unflow


@pytest.mark.parametrize(
    ("text", "delsp", "expected"),
    [
        ("soft \nbreak\nhard", False, "soft break\nhard"),
        ("soft \nbreak", True, "softbreak"),
        ("text \n-- \nname", False, "text \n-- \nname"),
        ("> quoted \n> more \nmine", False, "> quoted more \nmine"),
        (" >stuffed", False, ">stuffed"),
        ("> one \n>> two \n>> more\n> three", False, "> one \n>> two more\n> three"),
        ("> one \n> two", True, "> onetwo"),
        ("> -- \n> name", False, "> -- \n> name"),
        (">>stuffed or not \n>> joins", False, ">> stuffed or not joins"),
        ("dos \r\nends\r\n", False, "dos ends\n"),
    ],
)
def test_unflow(text, delsp, expected):
    assert unflow(text, delsp=delsp) == expected
