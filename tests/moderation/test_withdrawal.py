from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from submissions.lifecycle import IllegalMove
from submissions.models import Party
from submissions.moderation.withdrawal import can_restore, can_withdraw, restore, withdraw
from submissions.states import State
from tests import factories
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.django_db


def test_withdrawn_piece_comes_back_where_it_stood(house):
    letter = factories.make_submission(State.SHORTLISTED)
    assert can_withdraw(letter)
    withdraw(letter, by=Party.WRITER, expecting=letter.version)
    assert (letter.state, can_restore(letter)) == (State.WITHDRAWN, True)
    restore(letter, by=Party.WRITER, expecting=letter.version)
    assert letter.state == State.SHORTLISTED


def test_withdrawal_is_final_after_a_day(house):
    letter = factories.make_submission(State.QUEUED)
    withdraw(letter, by=Party.WRITER, expecting=letter.version)
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(IllegalMove):
        restore(letter, by=Party.WRITER, expecting=letter.version)


def test_what_went_out_is_not_withdrawn(house):
    letter = make_publication().submission
    assert not can_withdraw(letter)
    with pytest.raises(IllegalMove):
        withdraw(letter, by=Party.WRITER, expecting=letter.version)
