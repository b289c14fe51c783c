"""Mail from a pipe: one message on standard input, its fate in the exit code (sysexits.h)."""

import logging
from typing import BinaryIO

from django.db import Error

from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.email.exits import Exit
from submissions.intake.email.limits import message_limit
from submissions.models import Door

logger = logging.getLogger(__name__)


def take(stream: BinaryIO, recipients: list[str], sender: str | None) -> Exit:
    """Store the message on a stream for its recipients; never raises. Nothing is stored unless it returns OK."""
    if not recipients:
        return Exit.USAGE
    found = [find_mailbox(recipient) for recipient in recipients]
    mailboxes = tuple(mailbox for mailbox in found if mailbox)
    if len(mailboxes) < len(found):
        return Exit.NO_USER
    try:
        limit = message_limit()
        raw = stream.read(limit + 1)
        if not raw.strip() or len(raw) > limit:
            return Exit.DATA
        accept(Envelope(door=Door.PIPE, sender=sender, mailboxes=mailboxes), raw)
    except (Error, OSError, MemoryError) as error:
        logger.warning("a message could not be stored: %s", type(error).__name__)
        return Exit.TRY_AGAIN
    except Exception as error:  # a retry may help, a bounce never does
        logger.error("inner error at the pipe: %s", type(error).__name__)  # noqa: TRY400 no typed text in the log
        return Exit.TRY_AGAIN
    return Exit.OK
