import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.http import Http404

from submissions import permissions
from submissions.models import Attachment, Kind, RawMessage
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db

SEES = {
    "Letters editor": {Kind.LETTER, Kind.UNSORTED},
    "Opinion editor": {Kind.OPINION, Kind.UNSORTED},
    "Chief editor": set(Kind),
    "Administrator": set(),
    "superuser": set(Kind),
}
OWN = {name: kinds for name, kinds in SEES.items() if name in ("Letters editor", "Opinion editor")}


@pytest.fixture
def pieces(house):
    """One submission of each kind, each by a writer of its own, with a file and a mail."""
    pieces = {}
    for kind in Kind:
        piece = factories.make_submission(State.QUEUED, kind=kind, email=f"{kind}@example.org", body=f"A {kind}.")
        Attachment.objects.create(submission=piece, name="a.txt", media_type="text/plain", size=1, sha256="0" * 64)
        RawMessage.objects.create(
            door="pipe", kind=kind, sha256="0" * 64, size=1, content=b"x", outcome="submission", submission=piece
        )
        pieces[kind] = piece
    RawMessage.objects.create(door="pipe", kind="letter", sha256="1" * 64, size=1, content=b"x")
    return pieces


@pytest.mark.parametrize(("group", "kinds"), SEES.items())
def test_group_sees_its_own_kinds(pieces, group, kinds):
    user = factories.make_user(group)
    assert set(permissions.kinds_for(user)) == kinds
    assert {piece.kind for piece in permissions.submissions_for(user)} == kinds
    assert {writer.email for writer in permissions.writers_for(user)} == {f"{kind}@example.org" for kind in kinds}


@pytest.mark.parametrize(("group", "kinds"), SEES.items())
@pytest.mark.parametrize("kind", Kind)
def test_one_row_is_fetched_only_by_those_who_see_its_kind(pieces, group, kinds, kind):
    user, piece = factories.make_user(group), pieces[kind]
    fetches = [
        (permissions.get_submission, piece),
        (permissions.get_attachment, piece.attachments.get()),
        (permissions.get_message, piece.messages.get()),
    ]
    for fetch, row in fetches:
        if kind in kinds:
            assert fetch(user, row.pk) == row
        else:
            with pytest.raises(Http404):
                fetch(user, row.pk)


@pytest.mark.parametrize("group", OWN)
def test_sorted_piece_leaves_the_sight_of_the_other_desk(pieces, group):
    user = factories.make_user(group)
    other = next(kind for kind in (Kind.LETTER, Kind.OPINION) if kind not in SEES[group])
    piece = pieces[Kind.UNSORTED]
    type(piece).objects.filter(pk=piece.pk).update(kind=other)
    with pytest.raises(Http404):
        permissions.get_submission(user, piece.pk)


@pytest.mark.parametrize("group", ["Letters editor", "Opinion editor"])
def test_message_of_no_submission_is_hidden_from_editors(pieces, group):
    user = factories.make_user(group)
    assert not permissions.messages_for(user).filter(submission=None).exists()


@pytest.mark.parametrize("group", ["Chief editor", "Administrator", "superuser"])
def test_message_of_no_submission_is_seen_by_those_who_keep_the_house(pieces, group):
    user = factories.make_user(group)
    assert permissions.messages_for(user).filter(submission=None).count() == 1
    assert permissions.messages_for(user).count() == 1 + len(SEES[group])


@pytest.mark.parametrize("lost", ["is_staff", "is_active"])
def test_account_that_is_no_longer_staff_sees_nothing(pieces, lost):
    user = factories.make_user("superuser")
    setattr(user, lost, False)
    assert permissions.kinds_for(user) == []
    assert list(permissions.submissions_for(user)) == []


def test_nobody_sees_nothing(pieces):
    assert permissions.kinds_for(AnonymousUser()) == []
    assert list(permissions.messages_for(AnonymousUser())) == []


@pytest.mark.parametrize("pk", ["0", "-1", "1e3", "", "abc", "９", "999999999"])
def test_what_is_no_submissions_number_is_not_found(house, pk):
    with pytest.raises(Http404):
        permissions.get_submission(factories.make_user("superuser"), pk)


def test_missing_file_and_message_are_not_found(house):
    user = factories.make_user("superuser")
    for fetch in (permissions.get_attachment, permissions.get_message):
        with pytest.raises(Http404):
            fetch(user, 404)


def test_groups_get_exactly_their_permissions_however_often_installed():
    for _ in range(2):
        permissions.install_groups()
    group = Group.objects.get(name="Letters editor")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    permissions.install_groups()
    installed = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert installed == {name: set(codenames) for name, codenames in permissions.GROUPS.items()}


def test_nobody_may_delete_what_came_in():
    kept = {"submission", "revision", "rawmessage", "event", "publication", "erasure", "writer", "attachment"}
    granted = {codename for codenames in permissions.GROUPS.values() for codename in codenames}
    assert granted & {f"{verb}_{noun}" for verb in ("delete", "add") for noun in kept} == set()
