from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from submissions.models import Party
from submissions.publishing.actions import retract
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.usefixtures("house")

HOUSE = ["/", "/contact/", "/corrections/", "/opinion/", "/policy/", "/submit/letter/", "/submit/opinion/"]


def addresses(client, host="localhost"):
    response = client.get(reverse("sitemap"), HTTP_HOST=host)
    assert response.status_code == 200
    return [entry.text for entry in ET.fromstring(response.content).findall(".//{*}loc")]


def test_sitemap_lists_the_house_and_its_pieces_under_its_own_name(client, settings):
    publication = make_publication()

    found = addresses(client, host="127.0.0.1")

    assert sorted(found) == sorted(settings.SITE_URL + path for path in [*HOUSE, publication.get_absolute_url()])


def test_sitemap_leaves_out_what_was_taken_back_and_what_ran_elsewhere(client, settings):
    retract(make_publication(), by=Party.SYSTEM, reason="An error.")
    make_publication(ran_in="Page 4")

    assert sorted(addresses(client)) == [settings.SITE_URL + path for path in HOUSE]


def test_sitemap_asks_the_database_no_more_for_more_pieces(client, django_assert_max_num_queries):
    for _ in range(3):
        make_publication()

    with django_assert_max_num_queries(3):
        assert len(addresses(client)) == len(HOUSE) + 3
