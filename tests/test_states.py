import pytest

from submissions.states import FINAL_TEXT, MOVES, OPEN, RETURNS, Action, State, action_for, possible

# The design's table, written out once more: a change of one without the other is noticed.
TABLE = {
    "received": "unconfirmed queued spam withdrawn",
    "unconfirmed": "queued shortlisted held declined spam withdrawn",
    "queued": "shortlisted held accepted declined spam withdrawn",
    "shortlisted": "accepted held queued declined spam withdrawn",
    "held": "queued shortlisted accepted declined spam withdrawn",
    "accepted": "proof ready held shortlisted queued declined spam withdrawn",
    "proof": "ready accepted held declined withdrawn",
    "ready": "scheduled published accepted held declined withdrawn",
    "scheduled": "published ready accepted held withdrawn",
    "published": "retracted",
    "retracted": "published",
    "declined": "queued",
    "spam": "queued",
    "withdrawn": "",
}


@pytest.mark.parametrize("current", State)
def test_every_pair_of_states_is_as_the_design_has_it(current):
    assert {to for to in State if action_for(current, to)} == set(TABLE[current].split())


@pytest.mark.parametrize("came_from", State)
@pytest.mark.parametrize("current", State)
def test_held_and_withdrawn_may_also_go_back_where_they_came_from(current, came_from):
    back = {came_from} if current in RETURNS else set()
    assert possible(current, came_from) == set(MOVES[current]) | back
    assert {to for to in State if action_for(current, to, came_from)} == possible(current, came_from)


def test_going_back_has_an_action_of_its_own_unless_the_table_has_one():
    assert action_for(State.HELD, State.UNCONFIRMED, State.UNCONFIRMED) == Action.RESUME
    assert action_for(State.HELD, State.QUEUED, State.QUEUED) == Action.PUT_BACK
    assert action_for(State.WITHDRAWN, State.READY, State.READY) == Action.RESTORE


def test_nothing_leads_to_publication_but_what_is_signed_off():
    assert {state for state in State if State.PUBLISHED in MOVES[state]} == {
        State.READY, State.SCHEDULED, State.RETRACTED,
    }  # fmt: skip


def test_every_state_can_be_reached_from_received():
    reached, new = set(), {State.RECEIVED}
    while new:
        reached |= new
        new = {to for state in new for to in MOVES[state]} - reached
    assert reached == set(State)


def test_open_states_are_those_that_can_still_be_withdrawn_after_screening():
    assert set(OPEN) == {state for state in State if State.WITHDRAWN in MOVES[state]} - {State.RECEIVED}


def test_text_is_edited_only_while_a_piece_is_open():
    assert set(FINAL_TEXT) == set(State) - set(OPEN)
