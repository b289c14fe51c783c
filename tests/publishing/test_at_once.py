"""Several at one piece in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from submissions.models import Event, Notification, Party, Publication, Submission
from submissions.publishing.actions import publish, retract
from submissions.states import Action
from tests.factories import make_house
from tests.publishing.pieces import make_publication, make_ready_piece

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times: int, act: Callable[[], object]) -> list[object]:
    """Do it in so many threads; return what each got, results and errors alike."""

    def one(_number: int) -> object:
        try:
            return act()
        except Exception as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_piece_published_by_many_at_once_is_published_once():
    make_house()
    piece = make_ready_piece()

    got = at_once(8, lambda: publish(Submission.objects.get(pk=piece.pk), by=Party.SYSTEM, expecting=piece.version))

    assert got == [Publication.objects.get()] * 8
    assert Event.objects.filter(action=Action.PUBLISH).count() == 1
    assert Notification.objects.filter(template="published").count() == 1


def test_pieces_with_one_headline_published_at_once_each_get_an_address():
    make_house()
    waiting = [make_ready_piece() for _ in range(4)]

    def publish_next():
        piece = waiting.pop()
        return publish(piece, by=Party.SYSTEM, expecting=piece.version).slug

    assert sorted(at_once(4, publish_next)) == [
        "keep-the-footbridge-open",
        "keep-the-footbridge-open-2",
        "keep-the-footbridge-open-3",
        "keep-the-footbridge-open-4",
    ]


def test_piece_retracted_by_many_at_once_is_retracted_once():
    make_house()
    pk = make_publication().pk

    at_once(8, lambda: retract(Publication.objects.get(pk=pk), by=Party.SYSTEM, reason="An error."))

    assert Event.objects.filter(action=Action.RETRACT).count() == 1
