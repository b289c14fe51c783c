from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from submissions.models import Writer
from submissions.tokens import CONFIRM_DAYS, confirm_token, writer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return Writer.objects.create(name="W. Prairie", email="w.prairie@example.org")


def test_a_token_leads_to_its_writer(writer):
    assert writer_of(confirm_token(writer)) == writer


def test_a_token_does_not_show_the_address(writer):
    payload = confirm_token(writer).partition(":")[0]
    assert b"prairie" not in urlsafe_b64decode(payload + "==")


def test_a_token_ends_with_the_address_it_was_sent_to(writer):
    token = confirm_token(writer)
    Writer.objects.filter(pk=writer.pk).update(email="other@example.org")
    assert writer_of(token) is None


def test_a_token_grows_too_old(writer):
    sent = datetime(2026, 3, 1, tzinfo=UTC)
    with time_machine.travel(sent, tick=False):
        token = confirm_token(writer)
    with time_machine.travel(sent + timedelta(days=CONFIRM_DAYS, seconds=1), tick=False):
        assert writer_of(token) is None


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "WzEsMl0:1xVQAa:forged"])
def test_a_forged_token_leads_nowhere(token):
    assert writer_of(token) is None
