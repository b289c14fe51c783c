"""What a failed attempt means: whose fault it was, how long to wait, and when to give up."""

import random
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

OURS_TO_MEND = {530, 534, 535, 538}
"""Replies about our own login (RFC 4954): no fault of the one message."""


class Trouble(StrEnum):
    """Whose fault it was."""

    SERVER = "server"
    LATER = "later"
    REFUSED = "refused"
    TEXT = "text"


@dataclass(frozen=True)
class Patience:
    """Seconds before the second attempt, doubled each time up to `most`; and how many attempts are made in all."""

    first: float
    most: float
    tries: int


PATIENCE = {
    Trouble.SERVER: Patience(30, 3_600, 80),  # three days: a weekend without a mail server loses nothing
    Trouble.LATER: Patience(300, 14_400, 12),  # a day and a half: greylisting, full mailboxes
    Trouble.TEXT: Patience(60, 3_600, 3),  # a text that cannot be made, until somebody mends it
    Trouble.REFUSED: Patience(0, 0, 1),
}


def trouble_of(error: Exception) -> Trouble:
    """Return whose fault an error in sending was.

    A refused recipient or text (5xx) is final, 4xx is for later; a refused sender or login is ours to mend, like a
    server that is out of reach. What is none of these lies in the message.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _by_code(*(code for code, _ in error.recipients.values()))
        case smtplib.SMTPDataError():
            return _by_code(error.smtp_code)
        case smtplib.SMTPException() | OSError():
            return Trouble.SERVER
    return Trouble.TEXT


def _by_code(*codes: int) -> Trouble:
    if 421 in codes or OURS_TO_MEND.intersection(codes):
        return Trouble.SERVER
    return Trouble.REFUSED if codes and min(codes) >= 500 else Trouble.LATER


def name_of(error: Exception) -> str:
    """Return the class of an error with the server's code: never its words, which may quote what somebody typed."""
    code = getattr(error, "smtp_code", "")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _ in error.recipients.values()), "")
    return f"{type(error).__name__} {code}".strip()


def wait_after(trouble: Trouble, attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts, or None to give up; a quarter of chance spreads the crowd."""
    patience = PATIENCE[trouble]
    if attempts >= patience.tries:
        return None
    seconds = min(patience.first * 2 ** min(attempts - 1, 20), patience.most)
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311 no secret
