import pytest
from django.db import DatabaseError, transaction

from submissions.models import AiUse, Disclaimer, Kind, Role
from submissions.publishing.disclaimers import applying, freeze
from tests.factories import make_submission
from tests.publishing.pieces import make_disclaimer, make_publication

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    ("condition", "fields"),
    [
        ("always", {}),
        ("interests", {"interests": "My brother sits on the board."}),
        ("paid", {"paid_by": "Friends of the Bridge"}),
        ("role", {"role": Role.OFFICE_HOLDER}),
        ("role", {"role": Role.CANDIDATE}),
        ("role", {"role": Role.ORGANIZATION}),
        ("staff", {"role": Role.STAFF}),
        ("ai", {"ai_use": AiUse.WROTE}),
    ],
)
def test_disclaimer_applies_where_its_condition_holds(condition, fields):
    tied = make_disclaimer("tied", condition)

    assert tied in applying(make_submission(**fields))


@pytest.mark.parametrize(
    ("condition", "fields"),
    [
        ("interests", {"interests": " \u200b "}),
        ("paid", {"interests": "My brother sits on the board."}),
        ("role", {"role": Role.STAFF}),
        ("staff", {"role": Role.CANDIDATE}),
        ("ai", {"ai_use": AiUse.HELPED}),
        ("ai", {"ai_use": ""}),
    ],
)
def test_disclaimer_does_not_apply_where_its_condition_does_not_hold(condition, fields):
    tied = make_disclaimer("tied", condition)

    assert tied not in applying(make_submission(**fields))


def test_disclaimer_applies_to_its_kinds_only():
    for_letters = make_disclaimer("letters", for_opinion=False)
    for_opinion = make_disclaimer("opinion", for_letters=False)

    assert for_letters in applying(make_submission(kind=Kind.LETTER))
    assert for_letters not in applying(make_submission(kind=Kind.OPINION))
    assert for_opinion in applying(make_submission(kind=Kind.OPINION))
    assert applying(make_submission(kind=Kind.UNSORTED)) == []


def test_disclaimer_out_of_force_does_not_apply():
    old = make_disclaimer("old", active=False)

    assert old not in applying(make_submission())


def test_freeze_keeps_wording_and_order_and_marks_them_used():
    make_disclaimer("first", position=0, placement="top")
    make_disclaimer("last", position=9)
    Disclaimer.objects.filter(code="general").update(position=5)

    frozen = freeze(make_submission())

    assert frozen == [
        {"code": "first", "number": 1, "text": "About first.", "placement": "top"},
        {"code": "general", "number": 1, "text": "The views are the writer's own.", "placement": "foot"},
        {"code": "last", "number": 1, "text": "About last.", "placement": "foot"},
    ]
    assert not Disclaimer.objects.filter(used_at=None).exists()


def test_freeze_leaves_those_that_do_not_apply_unused():
    tied = make_disclaimer("tied", "staff")

    freeze(make_submission())

    tied.refresh_from_db()
    assert tied.used_at is None


@pytest.mark.parametrize("change", [{"text": "Softer."}, {"number": 7}, {"placement": "top"}, {"used_at": None}])
def test_used_disclaimer_cannot_be_altered(change):
    make_publication()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Disclaimer.objects.filter(code="general").update(**change)


def test_used_disclaimer_cannot_be_deleted():
    make_publication()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Disclaimer.objects.filter(code="general").delete()


def test_frozen_disclaimers_outlive_a_new_version():
    publication = make_publication()

    Disclaimer.objects.filter(code="general").update(active=False)
    make_disclaimer("general", number=2, text="Quite another wording.")

    publication.refresh_from_db()
    assert [d["text"] for d in publication.disclaimers] == ["The views are the writer's own."]
    assert [d["number"] for d in make_publication().disclaimers] == [2]
