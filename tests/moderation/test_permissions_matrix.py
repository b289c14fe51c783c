"""Every address of the desk, for every role, kind and method: what is not theirs is not there."""

import pytest
from django.test import Client
from django.urls import get_resolver

from submissions.models import Attachment, Event, Kind
from submissions.moderation import actions
from submissions.moderation.forms import DECISIONS
from submissions.states import State
from tests import factories
from tests.moderation.conftest import DESK
from tests.moderation.test_files import add_file, add_message

pytestmark = pytest.mark.django_db

SEES = {
    "Letters editor": {Kind.LETTER, Kind.UNSORTED},
    "Opinion editor": {Kind.OPINION, Kind.UNSORTED},
    "Chief editor": set(Kind),
    "superuser": set(Kind),
}
OUTSIDE = ["Administrator", "nobody", "anonymous"]
SECRET = "Quarrel at the smelter"


def browser(role):
    client = Client()
    if role == "nobody":
        user = factories.make_user(name="reader")
        user.groups.clear()
        client.force_login(user)
    elif role != "anonymous":
        client.force_login(factories.make_user(role))
    return client


def addresses(submission):
    file, message = add_file(submission), add_message(submission)
    pages = ["change/", "history/", f"files/{file.pk}/", f"messages/{message.pk}/", f"messages/{message.pk}/download/"]
    return [f"{DESK}{submission.pk}/{page}" for page in pages]


def status(response):
    response.getvalue()
    return response.status_code


def posts(submission):
    return [f"{DESK}{submission.pk}/{action}/" for action in DECISIONS]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("role", list(SEES))
def test_editors_reach_their_own_kinds_and_no_others(house, role, kind):
    submission, client = factories.make_submission(State.QUEUED, kind=kind), browser(role)
    theirs = kind in SEES[role]
    pages = addresses(submission)
    assert {status(client.get(url)) for url in pages} == ({200} if theirs else {404})
    assert {client.post(url).status_code for url in pages} == {405}
    assert {client.get(url).status_code for url in posts(submission)} == {405}


@pytest.mark.parametrize("role", ["Letters editor", "Opinion editor"])
def test_editors_decide_nothing_of_another_kind(house, role):
    other = Kind.OPINION if role == "Letters editor" else Kind.LETTER
    submission, client = factories.make_submission(State.QUEUED, kind=other), browser(role)
    before = Event.objects.count()
    for url in posts(submission):
        assert client.post(url, {"expecting": submission.version, "kind": "letter"}).status_code == 404
    client.post(f"{DESK}bulk/", {"action": "spam", "row": [f"{submission.pk}:{submission.version}"]})
    submission.refresh_from_db()
    assert (submission.state, submission.kind, Event.objects.count()) == (State.QUEUED, other, before)


@pytest.mark.parametrize("role", OUTSIDE)
def test_others_reach_nothing(house, role):
    submission, client = factories.make_submission(State.QUEUED), browser(role)
    urls = [*addresses(submission), *posts(submission), DESK, f"{DESK}?queue=all", f"{DESK}bulk/", f"{DESK}add/"]
    assert {client.get(url).status_code for url in urls} <= {302, 403, 405}
    answers = [client.post(url, {"expecting": submission.version, "action": "spam"}) for url in urls]
    assert {answer.status_code for answer in answers} <= {302, 403, 405}
    assert all(answer.status_code != 302 or "/login/" in answer.url for answer in answers)
    submission.refresh_from_db()
    assert submission.state == State.QUEUED


def test_opinion_pieces_appear_nowhere_for_a_letters_editor(house):
    hers = {"email": "e.lark@example.org", "name": "E. Lark"}
    letter = factories.make_submission(State.QUEUED, **hers)
    piece = factories.make_submission(State.QUEUED, kind=Kind.OPINION, headline=SECRET, **hers)
    Attachment.objects.create(submission=piece, name=SECRET, media_type="a/b", size=1, sha256="a")
    client = browser("Letters editor")
    queues = ["all", "new", "mine", "unconfirmed", "unsorted", "shortlist"]
    pages = [f"{DESK}?queue={queue}" for queue in queues] + [
        f"{DESK}?queue=all&kind=opinion",
        f"{DESK}?queue=all&q=smelter",
        f"{DESK}?queue=all&q={piece.reference}",
        f"{DESK}{letter.pk}/change/?queue=all&kind=opinion",
        f"{DESK}{letter.pk}/history/",
        "/admin/",
    ]
    for url in pages:
        page = client.get(url).content.decode()
        assert SECRET not in page
        assert f"submission/{piece.pk}/" not in page
    assert client.get(DESK).context["waiting"] == 1


def test_last_decision_on_what_is_no_longer_theirs_is_not_shown(house):
    client = browser("Letters editor")
    submission = factories.make_submission(State.QUEUED, headline=SECRET)
    client.post(f"{DESK}{submission.pk}/shortlist/", {"expecting": submission.version})
    assert SECRET in client.get(f"{DESK}?queue=spam").content.decode()
    submission.refresh_from_db()
    chief = factories.make_user("Chief editor")
    actions.sort(submission, by=chief, expecting=submission.version, kind=Kind.OPINION)
    assert SECRET not in client.get(f"{DESK}?queue=spam").content.decode()


@pytest.mark.parametrize("role", [*SEES, "Administrator"])
def test_no_autocomplete_reads_submissions_or_writers(house, role):
    query = "?term=a&app_label=submissions&model_name=publication&field_name=submission"
    assert browser(role).get(f"/admin/autocomplete/{query}").status_code in (403, 404)


@pytest.mark.parametrize("role", [*SEES, "Administrator"])
def test_no_view_on_site_hands_out_references(house, role):
    names = {pattern.name for pattern in get_resolver().url_patterns if hasattr(pattern, "name")}
    assert "view_on_site" not in names
    assert browser(role).get("/admin/r/1/1/").status_code == 404


HOUSE = ["housepolicy", "disclaimer", "replytext", "contactaddress", "paper", "rawmessage", "notification", "writer"]


@pytest.mark.parametrize("noun", HOUSE)
@pytest.mark.parametrize("role", ["Letters editor", "Opinion editor", "nobody"])
def test_the_house_is_the_chiefs_and_the_administrators(house, role, noun):
    client = browser(role)
    assert client.get(f"/admin/submissions/{noun}/").status_code == 403
    assert client.get(f"/admin/submissions/{noun}/add/").status_code in (403, 404)
    assert browser("Administrator").get(f"/admin/submissions/{noun}/").status_code == 200
