import pytest

from submissions.erasure import erase
from submissions.models import Kind, Paper
from submissions.publishing.piece import Piece, on_site, pieces
from tests.publishing.pieces import make_disclaimer, make_publication

pytestmark = pytest.mark.usefixtures("house")


def make_piece(**fields):
    return Piece(make_publication(**fields), Paper.current())


@pytest.mark.parametrize(
    ("kind", "label", "headline"),
    [
        (Kind.LETTER, "Letter to the editor", "A letter from W. Prairie"),
        (Kind.OPINION, "Opinion", "By W. Prairie"),
    ],
)
def test_piece_without_headline_is_headed_by_its_writer(kind, label, headline):
    piece = make_piece(kind=kind, headline="")

    assert (piece.label, piece.headline) == (label, headline)


@pytest.mark.parametrize(
    ("name", "city", "parts"),
    [
        ("W. Prairie", "Laramie", ("W. Prairie", "Laramie")),
        ("W. Prairie", "Laramie, Wyoming", ("W. Prairie", "Laramie, Wyoming")),
        ("W. Prairie", "", ("W. Prairie", "")),
        ("W.\u202e Prairie\x07", "Laramie", ("W. Prairie", "Laramie")),
    ],
)
def test_piece_is_signed_with_name_and_town(name, city, parts):
    piece = make_piece(name=name, city=city)

    assert (piece.name, piece.place) == parts


def test_piece_quotes_what_the_writer_declared():
    make_disclaimer("tie", "interests", text="The writer says: {interests}", placement="top", position=1)
    make_disclaimer("pay", "paid", text="Paid by {paid_by}. {paid_by}!", placement="top", position=2)

    piece = make_piece(interests="I sit on\nthe {paid_by} board.", paid_by="Friends")

    assert piece.top == [
        "The writer says: I sit on the {paid_by} board.",
        "Paid by Friends. Friends!",
    ]
    assert piece.foot == ["The views are the writer's own."]


def test_piece_has_a_link_that_answers_it(settings):
    settings.SITE_URL = "https://wyomingstar.example"
    piece = make_piece()

    assert piece.canonical == f"https://wyomingstar.example{piece.path}"
    assert piece.respond_path == (
        "/submit/letter/?in_response_to=https%3A%2F%2Fwyomingstar.example" + piece.path.replace("/", "%2F")
    )


def test_on_site_are_the_pieces_that_readers_find_newest_first():
    first, second = make_publication(), make_publication()
    make_publication(ran_in="Page 4")
    erased = make_publication()
    erase(erased.submission, by=None, reason="asked")

    assert [piece.publication for piece in pieces(list(on_site()), Paper.current())] == [second, first]
