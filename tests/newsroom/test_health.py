import pytest
from celery import current_app
from django.db import connection

pytestmark = pytest.mark.django_db

READY = {"database": "ok", "broker": "ok", "storage": "ok"}


def test_healthz_says_that_the_process_is_up(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_names_each_part(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, READY)
    assert "no-store" in response["Cache-Control"]


def test_readyz_is_503_without_a_database(client, monkeypatch):
    def refuse():
        raise ConnectionError

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, READY | {"database": "not ready"})


def test_readyz_is_503_without_a_broker(client, monkeypatch):
    def refuse(**_options):
        raise ConnectionError

    monkeypatch.setattr(current_app._get_current_object(), "connection_for_write", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, READY | {"broker": "not ready"})


def test_readyz_is_503_without_storage(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    (tmp_path / "file").write_text("a file where a folder should be")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, READY | {"storage": "not ready"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_pages_only_read(client, path):
    assert client.post(path).status_code == 405
