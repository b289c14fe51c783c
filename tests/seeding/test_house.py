import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from submissions.models import ContactAddress, Disclaimer, HousePolicy, Paper, ReplyText, Submission
from submissions.publishing.disclaimers import applying
from submissions.seeding.house import load_house
from submissions.seeding.pieces import read_pieces

pytestmark = pytest.mark.django_db


def test_without_demo_only_the_house_is_loaded():
    told = io.StringIO()
    call_command("seed", no_demo=True, stdout=told)

    assert told.getvalue() == ""
    assert (Submission.objects.count(), User.objects.count()) == (0, 0)
    assert Paper.current().name == "Wyoming Star"
    assert Group.objects.count() == 4
    assert (ContactAddress.objects.count(), Disclaimer.objects.count(), ReplyText.objects.count()) == (9, 7, 10)


def test_rules_are_in_force_for_both_kinds():
    load_house()
    letter, opinion = HousePolicy.objects.in_force("letter"), HousePolicy.objects.in_force("opinion")
    assert (letter.max_words, letter.cadence_days, letter.silence_days, letter.proof) == (250, 30, 14, "changed")
    assert (opinion.min_words, opinion.max_words, opinion.proof, opinion.decline_writes) == (500, 800, "always", True)
    assert letter.rules_text[0].startswith("A letter has 250 words")


def test_every_kind_has_a_disclaimer_that_always_applies():
    load_house()
    for kind in ("letter", "opinion"):
        assert [d.placement for d in applying(Submission(kind=kind))] == ["foot"]


def test_every_reason_of_the_demo_has_its_reply():
    load_house()
    reasons = {step.reason for piece in read_pieces() for step in piece.then if step.do == "decline"}
    assert reasons <= set(ReplyText.objects.values_list("code", flat=True))


def test_what_an_editor_changed_survives():
    load_house()
    Paper.objects.update(name="Basin Courier", footer="Ours.")
    ReplyText.objects.filter(code="poetry").delete()
    ContactAddress.objects.filter(desk="Corrections").update(address="mend@wyomingstar.example")
    row = HousePolicy.objects.filter(kind="letter").values().get()
    HousePolicy.objects.create(**{**row, "id": None, "number": 2, "max_words": 300, "in_force_from": timezone.now()})

    load_house()

    assert (Paper.current().name, Paper.current().footer) == ("Basin Courier", "Ours.")
    assert not ReplyText.objects.filter(code="poetry").exists()
    assert ContactAddress.objects.get(desk="Corrections").address == "mend@wyomingstar.example"
    assert HousePolicy.objects.in_force("letter").max_words == 300
    assert HousePolicy.objects.count() == 3


def test_no_address_takes_tips_by_mail():
    load_house()
    assert not ContactAddress.objects.filter(address__icontains="tip").exists()
    assert ContactAddress.objects.get(desk="News tips").address == "307-555-0119"
