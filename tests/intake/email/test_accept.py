import hashlib

import pytest

from submissions import storage
from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.email.read import bytes_of
from submissions.intake.email.spool import IN_ROW
from submissions.models import Door, Kind, Outcome, RawMessage

pytestmark = pytest.mark.django_db


def _envelope(*recipients, sender="w.prairie@example.org"):
    return Envelope(door=Door.PIPE, sender=sender, mailboxes=tuple(find_mailbox(one) for one in recipients))


def test_accept_keeps_the_bytes_as_they_came():
    raw = b"\x00\xff From nobody\r\n.\r\n\x80"
    accept(_envelope("letters+x@wyomingstar.example"), raw)
    row = RawMessage.objects.get()
    assert bytes_of(row) == raw
    assert (row.sha256, row.size) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert (row.door, row.kind, row.outcome, row.attempts) == (Door.PIPE, Kind.LETTER, Outcome.WAITING, 0)
    assert (row.envelope_from, row.envelope_to) == ("w.prairie@example.org", "letters@wyomingstar.example")


def test_accept_makes_a_row_for_each_mailbox():
    accept(
        _envelope("letters@wyomingstar.example", "LETTERS+again@wyomingstar.example", "opinion@wyomingstar.example"),
        b"Subject: x\n\n",
    )
    assert list(RawMessage.objects.order_by("pk").values_list("kind", flat=True)) == [Kind.LETTER, Kind.OPINION]


@pytest.mark.parametrize(("sender", "kept"), [("", ""), (None, None), ("a\x00\udcff\r\nb@c.example", "a b@c.example")])
def test_accept_keeps_the_envelope_sender_clean(sender, kept):
    accept(_envelope("letters@wyomingstar.example", sender=sender), b"")
    assert RawMessage.objects.get().envelope_from == kept


def test_accept_keeps_a_large_message_in_a_file():
    raw = b"x" * (IN_ROW + 1)
    row = accept(_envelope("letters@wyomingstar.example"), raw)[0]
    assert row.content is None
    assert storage.read(row.file) == raw
    assert bytes_of(row) == raw
