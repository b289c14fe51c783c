import pytest
from django.db import transaction

from submissions.models import Paper, paper
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _house():
    factories.make_house()


def test_the_paper_is_asked_for_once_in_a_while(django_assert_num_queries, monkeypatch):
    Paper.current()
    with django_assert_num_queries(0):
        Paper.current()
    monkeypatch.setattr(paper, "_kept", {key: (0.0, kept) for key, (_, kept) in paper._kept.items()})
    with django_assert_num_queries(1):
        Paper.current()


def test_a_change_holds_at_once_where_it_was_made():
    changed = Paper.current()
    changed.name = "Basin Courier"
    assert Paper.current().name == "Wyoming Star"
    changed.save()
    assert Paper.current().name == "Basin Courier"


def test_a_change_that_is_rolled_back_is_not_kept():
    with transaction.atomic():
        Paper.objects.update(name="Basin Courier")
        assert Paper.current().name == "Basin Courier"
        transaction.set_rollback(True)
    assert Paper.current().name == "Wyoming Star"


def test_before_there_is_one_it_has_a_name_all_the_same():
    Paper.objects.all().delete()
    assert (Paper.current().name, Paper.current().pk) == ("Mailbag", 1)
