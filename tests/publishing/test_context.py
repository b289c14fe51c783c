import pytest

from submissions.publishing.context import paper


@pytest.mark.django_db
def test_paper_is_fetched_when_it_is_named(house, rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        context = paper(rf.get("/"))
    with django_assert_num_queries(1):
        assert str(context["paper"]) == "Wyoming Star"
