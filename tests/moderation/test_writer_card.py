import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.models import Kind
from submissions.moderation.writer_card import SHOWN, writer_card
from submissions.states import State
from tests import factories
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.django_db

LETTERS = [Kind.LETTER, Kind.UNSORTED]


def test_card_counts_what_the_editor_may_see(house):
    publication = make_publication()
    declined = factories.make_submission(State.DECLINED)
    factories.make_submission(State.DECLINED, kind=Kind.OPINION)
    here = factories.make_submission(State.QUEUED)

    card = writer_card(here, LETTERS)

    assert (card.published, card.last_published, card.declined) == (1, publication.published_at, 1)
    assert (card.others, card.more) == ([declined, publication.submission], 0)


def test_card_of_a_stranger_is_empty(house):
    here = factories.make_submission()
    card = writer_card(here, LETTERS)
    assert (card.published, card.last_published, card.declined, card.others, card.more) == (0, None, 0, [], 0)


def test_card_of_a_regular_is_cut_and_costs_the_same(house):
    here = factories.make_submission(State.QUEUED)
    assert here.writer.confirmed
    with CaptureQueriesContext(connection) as few:
        writer_card(here, LETTERS)
    for _ in range(SHOWN + 2):
        factories.make_submission(State.QUEUED)
    with CaptureQueriesContext(connection) as many:
        card = writer_card(here, LETTERS)
    assert (len(card.others), card.more) == (SHOWN, 2)
    assert len(many) == len(few)
