import smtplib
from datetime import timedelta

import pytest

from submissions.notifications.retries import Trouble, name_of, trouble_of, wait_after
from tests.notifications.mails import refused


@pytest.mark.parametrize(
    ("error", "trouble", "name"),
    [
        (refused(550), Trouble.REFUSED, "SMTPRecipientsRefused 550"),
        (refused(450), Trouble.LATER, "SMTPRecipientsRefused 450"),
        (refused(530), Trouble.SERVER, "SMTPRecipientsRefused 530"),
        (refused(421), Trouble.SERVER, "SMTPRecipientsRefused 421"),
        (smtplib.SMTPRecipientsRefused({}), Trouble.LATER, "SMTPRecipientsRefused"),
        (smtplib.SMTPDataError(554, b"spam"), Trouble.REFUSED, "SMTPDataError 554"),
        (smtplib.SMTPDataError(451, b"later"), Trouble.LATER, "SMTPDataError 451"),
        (smtplib.SMTPSenderRefused(553, b"not yours", "a@b"), Trouble.SERVER, "SMTPSenderRefused 553"),
        (smtplib.SMTPServerDisconnected("gone"), Trouble.SERVER, "SMTPServerDisconnected"),
        (smtplib.SMTPAuthenticationError(535, b"no"), Trouble.SERVER, "SMTPAuthenticationError 535"),
        (ConnectionRefusedError(), Trouble.SERVER, "ConnectionRefusedError"),
        (TimeoutError("slow"), Trouble.SERVER, "TimeoutError"),
        (ValueError("BadHeader ann@example.org"), Trouble.TEXT, "ValueError"),
    ],
)
def test_an_error_is_judged_by_whose_fault_it_was(error, trouble, name):
    assert (trouble_of(error), name_of(error)) == (trouble, name)


@pytest.mark.parametrize(
    ("trouble", "attempts", "seconds"),
    [
        (Trouble.SERVER, 1, 30),
        (Trouble.SERVER, 4, 240),
        (Trouble.SERVER, 79, 3_600),
        (Trouble.LATER, 1, 300),
        (Trouble.TEXT, 2, 120),
    ],
)
def test_a_wait_doubles_up_to_its_limit_with_a_quarter_of_chance(trouble, attempts, seconds):
    waits = [wait_after(trouble, attempts) for _ in range(50)]
    assert min(waits) >= timedelta(seconds=seconds * 0.75)
    assert max(waits) <= timedelta(seconds=seconds * 1.25)
    assert len(set(waits)) > 1


@pytest.mark.parametrize(
    ("trouble", "attempts"), [(Trouble.REFUSED, 1), (Trouble.TEXT, 3), (Trouble.LATER, 12), (Trouble.SERVER, 80)]
)
def test_patience_ends(trouble, attempts):
    assert wait_after(trouble, attempts) is None
