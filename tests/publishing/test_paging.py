import pytest

from submissions.models import Publication
from submissions.publishing.paging import page_of
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.usefixtures("house")


def test_pages_follow_one_another_without_gap_or_repeat():
    made = [make_publication().pk for _ in range(5)]
    seen, before = [], ""
    for _ in range(3):
        found, last = page_of(Publication.objects.live(), "published_at", before, 2)
        seen += [publication.pk for publication in found]
        before = str(last.pk) if last else ""

    assert seen == made[::-1]
    assert before == ""


def test_page_of_pieces_from_one_moment_goes_by_their_order(time_machine):
    time_machine.move_to("2030-01-02T03:04:00-07:00", tick=False)
    first, second, third = (make_publication() for _ in range(3))

    found, last = page_of(Publication.objects.live(), "published_at", str(third.pk), 1)

    assert (found, last) == ([second], second)
    assert page_of(Publication.objects.live(), "published_at", str(last.pk), 1) == ([first], None)


@pytest.mark.parametrize("before", ["", "x", "-1", "²", "9" * 30, "999999"])
def test_page_behind_what_is_no_piece_is_the_first(before):
    publication = make_publication()

    assert page_of(Publication.objects.live(), "published_at", before, 2) == ([publication], None)
