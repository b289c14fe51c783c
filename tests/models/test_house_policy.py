from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from submissions.models import HousePolicy, Kind
from submissions.models import house_policy as module
from tests import factories


def make_version(number, **fields):
    return HousePolicy.objects.create(kind=Kind.LETTER, number=number, terms="My own work.", **fields)


@pytest.mark.django_db
def test_the_newest_version_that_has_begun_is_in_force():
    make_version(1, in_force_from=datetime(2026, 1, 1, tzinfo=UTC))
    second = make_version(2, in_force_from=datetime(2026, 2, 1, tzinfo=UTC))
    make_version(3, in_force_from=timezone.now() + timedelta(days=1))
    assert HousePolicy.objects.in_force(Kind.LETTER) == second
    assert HousePolicy.objects.in_force(Kind.UNSORTED, datetime(2026, 1, 15, tzinfo=UTC)).number == 1


@pytest.mark.django_db
def test_a_paper_without_rules_is_told_what_to_do():
    with pytest.raises(HousePolicy.DoesNotExist, match=r"manage\.py seed"):
        HousePolicy.objects.in_force(Kind.OPINION)


@pytest.mark.django_db(transaction=True)
def test_the_rules_are_asked_for_once_in_a_while(django_assert_num_queries, monkeypatch):
    factories.make_house()
    HousePolicy.objects.in_force(Kind.LETTER)
    with django_assert_num_queries(0):
        HousePolicy.objects.in_force(Kind.LETTER)
    monkeypatch.setattr(module, "_kept", {kind: (0.0, policy) for kind, (_, policy) in module._kept.items()})
    with django_assert_num_queries(1):
        HousePolicy.objects.in_force(Kind.LETTER)


@pytest.mark.django_db(transaction=True)
def test_a_new_version_holds_at_once_where_it_was_written():
    factories.make_house()
    HousePolicy.objects.in_force(Kind.LETTER)
    second = make_version(2)
    assert HousePolicy.objects.in_force(Kind.LETTER) == second


@pytest.mark.django_db(transaction=True)
def test_rules_that_are_rolled_back_are_not_kept():
    factories.make_house()
    with transaction.atomic():
        make_version(2)
        assert HousePolicy.objects.in_force(Kind.LETTER).number == 2
        transaction.set_rollback(True)
    assert HousePolicy.objects.in_force(Kind.LETTER).number == 1
