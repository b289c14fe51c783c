import pytest

from submissions.models import Kind
from submissions.states import State
from tests import factories
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.django_db


def test_writers_and_publications_are_looked_at_only(chief_desk):
    publication = make_publication()
    writer = publication.submission.writer
    for address in (f"writer/{writer.pk}", f"publication/{publication.pk}"):
        url = f"/admin/submissions/{address}/change/"
        assert chief_desk.get(url).status_code == 200
        assert chief_desk.post(url, {"name": "X"}).status_code == 403
    assert "W. Prairie" in chief_desk.get("/admin/submissions/writer/?q=prairie").content.decode()
    assert chief_desk.get("/admin/submissions/publication/").status_code == 200
    assert chief_desk.get("/admin/submissions/writer/add/").status_code == 403


def test_an_account_without_kinds_sees_nobody(client, house):
    client.force_login(factories.make_user("Administrator"))
    factories.make_submission(State.QUEUED, kind=Kind.OPINION)
    make_publication()
    for noun in ("writer", "publication"):
        assert list(client.get(f"/admin/submissions/{noun}/").context["cl"].result_list) == []
