import io

import pytest
from django.db import OperationalError

from submissions.intake.email import pipe
from submissions.intake.email.exits import Exit
from submissions.intake.email.pipe import take
from submissions.models import HousePolicy, RawMessage
from tests.intake.email.mails import LETTERS, mail

pytestmark = pytest.mark.django_db


def test_a_message_is_stored_for_each_recipient():
    code = take(io.BytesIO(mail()), [LETTERS, "opinion@wyomingstar.example"], "")
    assert code == Exit.OK
    assert list(RawMessage.objects.order_by("pk").values_list("kind", "envelope_from", "door")) == [
        ("letter", "", "pipe"),
        ("opinion", "", "pipe"),
    ]


@pytest.mark.parametrize(
    ("raw", "recipients", "code"),
    [
        (mail(), [], Exit.USAGE),
        (b"", [LETTERS], Exit.DATA),
        (b"\r\n \n", [LETTERS], Exit.DATA),
        (mail(), ["nobody@wyomingstar.example"], Exit.NO_USER),
        (mail(), [LETTERS, "tips@wyomingstar.example"], Exit.NO_USER),
    ],
)
def test_what_is_not_taken_says_why(raw, recipients, code):
    assert take(io.BytesIO(raw), recipients, None) == code
    assert not RawMessage.objects.exists()


def test_a_message_over_the_policys_limit_is_refused(house):
    HousePolicy.objects.create(kind="letter", number=2, message_max_bytes=1000, terms="x")
    HousePolicy.objects.create(kind="opinion", number=2, message_max_bytes=500, terms="x")
    assert take(io.BytesIO(b"x" * 1000), [LETTERS], None) == Exit.OK
    assert take(io.BytesIO(b"x" * 1001), [LETTERS], None) == Exit.DATA


@pytest.mark.parametrize("error", [OSError("full"), OperationalError("locked"), MemoryError(), ValueError("a bug")])
def test_whatever_a_retry_could_help_is_tried_again(monkeypatch, error):
    def fail(*_args):
        raise error

    monkeypatch.setattr(pipe, "accept", fail)
    assert take(io.BytesIO(mail()), [LETTERS], None) == Exit.TRY_AGAIN
