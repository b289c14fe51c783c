"""Taking mail out of a real Dovecot."""

import pytest

from submissions.models import Door, ImapMessage, ImapState, Kind, RawMessage
from tests.intake.email.mails import mail

pytestmark = [pytest.mark.protocol, pytest.mark.django_db(transaction=True)]


def letter(number, **fields):
    return mail(f"Letter {number}\r\n", Message_ID=f"<{number}@example.org>", **fields)


def stored():
    return sorted(bytes(row.content) for row in RawMessage.objects.all())


def states():
    return list(ImapMessage.objects.order_by("folder", "uidvalidity", "uid").values_list("folder", "uid", "state"))


def test_messages_are_taken_whole_and_moved_unread(mailbox, look, rings):
    letters = [letter(number) for number in range(3)]
    mailbox.deliver(*letters)
    assert look() == 0
    assert stored() == sorted(letters)
    assert (mailbox.messages(), mailbox.messages("Processed")) == ([], sorted(letters))
    assert (mailbox.flags("Processed"), rings) == ("", ["intake"])
    assert states() == [("INBOX", number, ImapState.MOVED) for number in (1, 2, 3)]
    assert RawMessage.objects.values_list("door", "kind", "junk", "envelope_from").distinct().get() == (
        Door.IMAP, Kind.LETTER, False, None,
    )  # fmt: skip
