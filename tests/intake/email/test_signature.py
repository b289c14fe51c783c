import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.folding import fold
from submissions.intake.email.signature import Suggestion, suggestions

LETTER = "Dear editor,\n\nKeep the footbridge open. It is the only safe way to school.\n\n"
PHONE = "+13075550134"


def _found(end: str, name: str = "", region: str = "US") -> dict[str, str]:
    return {one.field: one.value for one in suggestions(fold(LETTER + end), name=name, region=region)}


def test_a_sign_off_gives_values_and_the_words_that_say_them():
    assert suggestions(fold(f"{LETTER}Sincerely,\nJane Doe\n12 Elm St., Casper, Wyo. 82601\n307-555-0134")) == (
        Suggestion(field="name", value="Jane Doe", words="Jane Doe"),
        Suggestion(field="city", value="Casper", words="Casper"),
        Suggestion(field="region", value="Wyoming", words="Wyo"),
        Suggestion(field="phone", value=PHONE, words="307-555-0134"),
        Suggestion(field="address", value="12 Elm St.", words="12 Elm St."),
    )


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("Sincerely, Jane Doe, Casper", {"name": "Jane Doe", "city": "Casper"}),
        (
            "Thank you for your time,\n\nJane Q. Doe\nCody WY 82414",
            {"name": "Jane Q. Doe", "city": "Cody", "region": "Wyoming"},
        ),
        ("\u2014 J. Doe, Laramie", {"name": "J. Doe", "city": "Laramie"}),
        ("Jane Doe lives in Sheridan.", {"name": "Jane Doe", "city": "Sheridan"}),
        ("I live in Ten Sleep, Wyo.", {"city": "Ten Sleep", "region": "Wyoming"}),
        (
            "Yours,\nMaria de la Cruz\nSan Francisco, CA",
            {"name": "Maria de la Cruz", "city": "San Francisco", "region": "California"},
        ),
        ("Regards,\nJane Doe\nRetired teacher\nCell: (307) 555-0134", {"name": "Jane Doe", "phone": PHONE}),
        (
            "Best,\nJane Doe\nFax 307-555-0135\nTel. 307-555-0134 ext. 5",
            {"name": "Jane Doe", "phone": f"{PHONE};ext=5"},
        ),
        (
            "--\nJane Doe\nCasper, Wyoming\n307-555-0134",
            {"name": "Jane Doe", "city": "Casper", "region": "Wyoming", "phone": PHONE},
        ),
        ("Call me at 307-555-0134.\n\nPeace,\nJane Doe", {"name": "Jane Doe", "phone": PHONE}),
        (
            "Sincerely,\nJane Doe\nP.O. Box 12\nCasper, WY",
            {"name": "Jane Doe", "city": "Casper", "region": "Wyoming", "address": "P.O. Box 12"},
        ),
        ("Sincerely,\nJane Doe\nCasper\n\nP.S. John Roe of Cody agrees.", {"name": "Jane Doe", "city": "Casper"}),
        (
            "Sincerely,\nJane Doe\n\nOn Jan 5, 2026 at 10:00 A <a@b.example> wrote:\n> Sincerely,\n> John Roe",
            {"name": "Jane Doe"},
        ),
        (
            "Mit freundlichen Grüßen\nAnna Weber\nHauptstraße 5\n80331 München",
            {"name": "Anna Weber", "city": "München", "address": "Hauptstraße 5"},
        ),
        (
            "Cordialement,\nChloé Martin\n12 rue des Lilas\n69003 Lyon",
            {"name": "Chloé Martin", "city": "Lyon", "address": "12 rue des Lilas"},
        ),
        (
            "Atentamente,\nJosé Pérez\nCalle Mayor 5\n28013 Madrid",
            {"name": "José Pérez", "city": "Madrid", "address": "Calle Mayor 5"},
        ),
        ("С уважением,\nИван Петров\nМосква", {"name": "Иван Петров", "city": "Москва"}),
    ],
)
def test_a_sign_off_says_who_and_where(end, found):
    assert _found(end) == found


def test_labels_say_what_is_what():
    end = "Name: Jane Doe\nAddress: 123 Elm St, Casper, WY 82601\nDaytime phone: (307) 555-0134"
    address = {"city": "Casper", "region": "Wyoming", "address": "123 Elm St"}
    assert _found(end) == {"name": "Jane Doe", "phone": PHONE} | address
    assert _found("Nombre: José Pérez\nCiudad: Madrid\nTeléfono: +34 912 345 678") == {
        "name": "José Pérez",
        "city": "Madrid",
        "phone": "+34912345678",
    }


@pytest.mark.parametrize(
    ("end", "name", "found"),
    [
        ("Jane Doe\nCasper", "Jane Doe", {"name": "Jane Doe", "city": "Casper"}),
        ("Jane Doe, Casper", "Doe, Jane", {"name": "Jane Doe", "city": "Casper"}),
        ("Jane", "Jane Doe", {"name": "Jane"}),
        ("jane doe", "Jane Doe", {"name": "jane doe"}),
        ("Sincerely,\nWyoming Friends\nJane Doe", "Jane Doe", {"name": "Jane Doe"}),
        ("Sincerely,\nJohn Roe\nJane Doe", "Jane Doe", {"name": "Jane Doe"}),
        ("Sincerely,\nJane Doe\nJohn Roe", "", {"name": "Jane Doe"}),
        ("Sincerely,\nJane Doe\nRock Springs", "", {"name": "Jane Doe", "city": "Rock Springs"}),
        ("Sincerely,\nJohn Roe", "Jane Doe", {"name": "John Roe"}),
        ("Thank you, Jane Doe", "J. Doe", {"name": "Jane Doe"}),
        ("王小明", "王小明", {"name": "王小明"}),
    ],
)
def test_a_name_that_agrees_with_from_is_preferred(end, name, found):
    assert _found(end, name) == found


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("", ""),
        ("Jane Doe\nCasper", ""),
        ("Sincerely,\nA concerned citizen", ""),
        ("Sincerely,\nName withheld by request", ""),
        ("Sincerely,\nJane", ""),
        ("- milk\n- eggs\n- Brown Bread", ""),
        ("\u2014 Old Proverb", "Jane Doe"),
        ("Mark Hill lives in Cheyenne.", "Jane Doe"),
        ("Thank you, Mark Hill", "Jane Doe"),
        ("The bill is 307-555 or 82601-1234 or 12/12/2025 10:00.", ""),
        ("Call the mayor at 307-555-0134.", ""),
        ("Name: see below\nPhone: ask", ""),
        ("Thanks to all who came, it was a great day in Casper, Wyo.", ""),
    ],
)
def test_where_unsure_nothing_is_suggested(end, name):
    assert _found(end, name) == {}


def test_a_state_is_only_one_where_it_can_be():
    assert _found("Sincerely,\nAnna Weber\nKöln, DE\n0221 9876543", region="DE") == {
        "name": "Anna Weber",
        "city": "Köln",
        "phone": "+492219876543",
    }


@given(
    st.lists(
        st.sampled_from(
            ["Sincerely,\n", "Jane Doe", ", ", "\n", "Casper", " WY", "--\n", "307-555-0134", "Name: ", "\u2014 "]
        )
        | st.sampled_from(["lives in ", "12 Elm St", "P.S. ", "(", "Phone: ", "\u0130", "\u2028"])
        | st.text(max_size=20),
        max_size=25,
    ),
    st.sampled_from(["", "Jane Doe", ",", "\u0130 x"]),
)
def test_suggestions_never_raise_and_use_the_words_of_the_letter(pieces, name):
    text = "".join(pieces)
    found = suggestions(fold(text), name=name)
    assert all(one.words in text and one.value for one in found)
    assert [one.field for one in found] == [
        field for field in ("name", "city", "region", "phone", "address") if field in {one.field for one in found}
    ]


@pytest.mark.parametrize(
    "piece", ["Sincerely,\n", "1 ", "A. ", "\u2014 A B\n", "Jane Doe, ", "12 Elm ", "Name: ", "lives in ", "\n"]
)
def test_a_long_hostile_letter_is_read(piece):
    assert len(suggestions(fold(piece * (200_000 // len(piece))), name="Jane Doe")) <= 5
