import pytest

from submissions.lifecycle import move, revise
from submissions.models import Disclaimer, Kind
from submissions.publishing.gate import NotPublishable, require, why_not
from submissions.states import State
from tests.factories import make_submission, make_user
from tests.publishing.pieces import edited, make_ready_piece

pytestmark = pytest.mark.usefixtures("house")

UNSIGNED = "This text has no sign-off: make it ready first."


def test_gate_is_open_for_a_piece_with_all_it_needs():
    assert why_not(make_ready_piece()) == []


def test_gate_names_the_unconfirmed_writer():
    assert why_not(make_submission(State.UNCONFIRMED)) == ["The writer's address is not confirmed.", UNSIGNED]


def test_gate_names_the_unsorted_piece():
    unsorted = make_ready_piece(kind=Kind.UNSORTED)

    assert why_not(unsorted) == ["Sort it first, as a letter or as an opinion piece."]


def test_gate_names_the_missing_byline():
    assert why_not(make_ready_piece(name="", city="")) == ["It has no byline: give the name and town to print."]


def test_gate_names_the_missing_text():
    assert why_not(make_ready_piece(body=" \u200b\n")) == ["It has no text."]


def test_gate_names_the_missing_disclaimer():
    piece = make_ready_piece()
    Disclaimer.objects.update(active=False)

    assert why_not(piece) == ["No disclaimer applies to it: a chief editor must put one in force."]


def test_gate_names_the_missing_sign_off():
    # Moved without one, as no action of ours does it.
    assert why_not(make_submission(State.READY)) == [UNSIGNED]


def test_gate_asks_a_new_sign_off_for_a_new_text():
    piece, editor = make_ready_piece(), make_user()
    revise(piece, edited(piece, headline="Ours"), by=editor, expecting=piece.version)
    move(piece, State.READY, by=editor, expecting=piece.version)

    assert why_not(piece) == [UNSIGNED]


def test_require_carries_the_reasons():
    with pytest.raises(NotPublishable) as refused:
        require(make_submission(State.UNCONFIRMED))

    assert refused.value.reasons == ["The writer's address is not confirmed.", UNSIGNED]
    assert str(refused.value) == f"The writer's address is not confirmed. {UNSIGNED}"
