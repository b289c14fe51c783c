from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from submissions import storage
from submissions.models import Event, Kind, Submission
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db

ADD = "/admin/submissions/submission/add/"
SCAN = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def desk(house, client: Client) -> Client:
    client.force_login(factories.make_user("Letters editor", "ada"))
    return client


def typed(**fields):
    return {
        "kind": "letter",
        "received_at": timezone.localtime(timezone.now() - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
        "name": "W. Prairie",
        "city": "Laramie",
        "phone": "307 555 0134",
        "body": factories.TEXT,
        "consent": "on",
        "key": "once",
        **fields,
    }


def test_posted_letter_comes_in_by_the_one_door(desk):
    response = desk.post(ADD, typed(attachments=SimpleUploadedFile("scan.exe", SCAN)))
    letter = Submission.objects.get()
    assert response.url == f"/admin/submissions/submission/{letter.pk}/change/"
    assert (letter.channel, letter.kind, letter.state, letter.phone) == ("desk", "letter", "received", "+13075550134")
    assert (letter.current.body, letter.current.byline) == (factories.TEXT, "W. Prairie, Laramie")
    assert letter.consented_at is not None
    assert timezone.now() - letter.received_at > timedelta(days=1)
    assert Event.objects.get().user.username == "ada"


def test_scan_is_kept_and_named_by_its_bytes(desk):
    desk.post(ADD, typed(attachments=SimpleUploadedFile("scan.exe", SCAN)))
    scan = Submission.objects.get().attachments.get()
    assert (scan.name, scan.media_type, storage.read(scan.file)) == ("scan.exe", "application/pdf", SCAN)


def test_several_scans_come_in(desk):
    desk.post(ADD, typed(attachments=[SimpleUploadedFile("1.pdf", SCAN), SimpleUploadedFile("2.pdf", SCAN + b"2")]))
    assert Submission.objects.get().attachments.count() == 2


def test_double_click_is_one_letter(desk):
    first, second = desk.post(ADD, typed()), desk.post(ADD, typed())
    assert first.url == second.url
    assert Submission.objects.count() == 1
    assert "taken in before" in desk.get(second.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body": ""}, "This field is required"),
        ({"body": "..."}, "There is no text yet"),
        ({"phone": "12"}, "not a whole phone number"),
        ({"name": "", "phone": ""}, "Give the writer"),
        ({"received_at": "2099-01-01T10:00"}, "has not come yet"),
        ({"attachments": SimpleUploadedFile("a.pdf", b"MZ\x90\x00program")}, "not a kind of file"),
        ({"kind": "opinion"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_all_that_was_typed(desk, fields, said):
    response = desk.post(ADD, typed(city="Medicine Bow", **fields))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Medicine Bow" in page
    assert not Submission.objects.exists()


def test_form_offers_the_editors_own_kinds(desk):
    page = desk.get(ADD).content.decode()
    assert 'value="letter"' in page
    assert 'value="opinion"' not in page
    assert 'value="unsorted"' not in page


def test_nothing_typed_reaches_the_page_unclean(desk):
    page = desk.post(ADD, typed(name="<script>alert(1)</script>", body="")).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("role", ["Administrator", ""])
def test_the_page_is_for_editors(house, client, role):
    if role:
        client.force_login(factories.make_user(role))
    assert client.get(ADD).status_code in (302, 403)
    assert client.post(ADD, typed()).status_code in (302, 403)
    assert not Submission.objects.exists()


def test_who_may_only_look_types_nothing_in(desk):
    group = factories.Group.objects.get(name="Letters editor")
    group.permissions.remove(group.permissions.get(codename="change_submission"))
    assert desk.get(ADD).status_code == 403


def test_chief_types_in_both_kinds(house, client):
    client.force_login(factories.make_user("Chief editor"))
    client.post(ADD, typed(kind="opinion"))
    letter = Submission.objects.get()
    assert (letter.kind, letter.state) == (Kind.OPINION, State.RECEIVED)
