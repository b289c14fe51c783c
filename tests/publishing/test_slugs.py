import pytest

from submissions.models import Publication
from submissions.publishing.slugs import LONGEST, slug_for
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Keep the footbridge open!", "keep-the-footbridge-open"),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("Мост", "piece"),
        ("x" * 200, "x" * LONGEST),
    ],
)
def test_slug_is_made_of_the_headline(words, slug):
    assert slug_for(words, 2026, 11) == slug


def test_slug_of_a_long_headline_ends_with_a_whole_word():
    assert slug_for("word " * 40, 2026, 11) == "-".join(["word"] * 14)


def test_slug_is_unique_in_its_month(house):
    slugs = [make_publication().slug for _ in range(3)]
    year, month = Publication.objects.values_list("year", "month")[0]

    assert slugs == ["keep-the-footbridge-open", "keep-the-footbridge-open-2", "keep-the-footbridge-open-3"]
    assert slug_for("Keep the footbridge open", year + 1, month) == "keep-the-footbridge-open"
