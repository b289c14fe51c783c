import pytest
from django.forms import model_to_dict
from django.utils import timezone

from submissions.models import Disclaimer, HousePolicy, Kind, Paper, ReplyText
from submissions.moderation.admin.versions import LinesField
from tests import factories

pytestmark = pytest.mark.django_db

ADMIN = "/admin/submissions/"


def policy_form(policy, **changes):
    typed = {name: value for name, value in model_to_dict(policy).items() if value is not None}
    local = timezone.localtime(policy.in_force_from)
    return {
        **{name: value for name, value in typed.items() if value is not False},
        "in_force_from": local.strftime("%Y-%m-%dT%H:%M"),
        "attachment_types": "image/jpeg\nimage/png",
        "rules_text": "250 words\n\n  Sign it  ",
        **changes,
    }


def test_changing_the_policy_makes_a_new_version_in_force_from_now(chief_desk):
    old = HousePolicy.objects.get(kind=Kind.LETTER)
    response = chief_desk.post(f"{ADMIN}housepolicy/{old.pk}/change/", policy_form(old, max_words=300))
    assert response.status_code == 302
    new = HousePolicy.objects.in_force(Kind.LETTER)
    assert (new.number, new.max_words, new.rules_text) == (2, 300, ["250 words", "Sign it"])
    old.refresh_from_db()
    assert (old.number, old.max_words) == (1, 250)
    assert new.in_force_from > old.in_force_from


def test_adding_a_policy_for_a_day_to_come_leaves_todays_in_force(chief_desk):
    old = HousePolicy.objects.get(kind=Kind.OPINION)
    typed = policy_form(old, in_force_from="2099-01-01T00:00", max_words=900)
    assert chief_desk.get(f"{ADMIN}housepolicy/add/").status_code == 200
    chief_desk.post(f"{ADMIN}housepolicy/add/", typed)
    assert HousePolicy.objects.get(number=2).max_words == 900
    assert HousePolicy.objects.in_force(Kind.OPINION) == old


def test_policy_form_is_filled_from_the_version_it_changes(chief_desk):
    policy = HousePolicy.objects.get(kind=Kind.LETTER)
    page = chief_desk.get(f"{ADMIN}housepolicy/{policy.pk}/change/").content.decode()
    assert "image/jpeg\nimage/png\napplication/pdf\ntext/plain</textarea>" in page
    assert '<input type="checkbox" name="required_fields" value="city" id="id_required_fields_4" checked' in page


@pytest.mark.parametrize(("typed", "value"), [("", []), ("a\n\n b  c ", ["a", "b c"]), (None, [])])
def test_lines_are_a_list(typed, value):
    assert LinesField(required=False).clean(typed) == value


def test_lines_know_whether_they_changed():
    field = LinesField(required=False)
    assert not field.has_changed(["a", "b"], "a\nb\n")
    assert field.has_changed(["a", "b"], "a")


def disclaimer_form(**changes):
    return {"text": "New words.", "placement": "foot", "position": 0, "condition": "always", **TICKED, **changes}


TICKED = {"for_letters": "on", "for_opinion": "on", "active": "on"}


def test_unused_disclaimer_is_changed_in_place(chief_desk):
    disclaimer = Disclaimer.objects.get()
    chief_desk.post(f"{ADMIN}disclaimer/{disclaimer.pk}/change/", disclaimer_form())
    assert Disclaimer.objects.values_list("number", "text").get() == (1, "New words.")


def test_used_disclaimer_gets_a_new_version_in_its_stead(chief_desk):
    disclaimer = Disclaimer.objects.get()
    Disclaimer.objects.update(used_at=timezone.now())
    chief_desk.post(f"{ADMIN}disclaimer/{disclaimer.pk}/change/", disclaimer_form())
    versions = [(d.number, d.text, d.active, bool(d.used_at)) for d in Disclaimer.objects.order_by("number")]
    assert versions == [(1, "The views are the writer's own.", False, True), (2, "New words.", True, False)]


def test_used_disclaimer_is_moved_and_retired_in_place(chief_desk):
    disclaimer = Disclaimer.objects.get()
    Disclaimer.objects.update(used_at=timezone.now())
    typed = disclaimer_form(text=disclaimer.text, position=5)
    del typed["active"]
    chief_desk.post(f"{ADMIN}disclaimer/{disclaimer.pk}/change/", typed)
    assert Disclaimer.objects.values_list("number", "position", "active").get() == (1, 5, False)


def test_disclaimer_is_added(chief_desk):
    chief_desk.post(f"{ADMIN}disclaimer/add/", disclaimer_form(code="paid", condition="paid"))
    assert Disclaimer.objects.get(code="paid").number == 1


def test_reply_texts_addresses_and_the_paper_are_kept_here(chief_desk):
    reply = {"code": "late", "action": "decline", "label": "Late", "subject": "s", "text": "t", "position": 1}
    chief_desk.post(f"{ADMIN}replytext/add/", reply)
    address = {"desk": "News", "address": "news@wyomingstar.example", "purpose": "News", "position": 0}
    chief_desk.post(f"{ADMIN}contactaddress/add/", address)
    paper = {**model_to_dict(Paper.current()), "name": "The Star"}
    chief_desk.post(f"{ADMIN}paper/1/change/", paper)
    assert ReplyText.objects.filter(code="late").exists()
    assert (Paper.current().name, chief_desk.get(f"{ADMIN}paper/add/").status_code) == ("The Star", 403)
    assert chief_desk.get(f"{ADMIN}contactaddress/").status_code == 200


@pytest.mark.parametrize("noun", ["housepolicy", "disclaimer", "paper", "writer", "publication"])
def test_nothing_that_history_needs_is_deleted(client, house, noun):
    client.force_login(factories.make_user("superuser"))
    assert client.post(f"{ADMIN}{noun}/1/delete/", {"post": "yes"}).status_code in (302, 403)
    assert HousePolicy.objects.count() == 2
    assert Disclaimer.objects.count() == 1


def test_index_shows_the_queues_to_editors_only(chief_desk, client):
    assert "At the desk" in chief_desk.get("/admin/").content.decode()
    client.force_login(factories.make_user("Administrator"))
    assert "At the desk" not in client.get("/admin/").content.decode()
