"""What the worker does with messages: parse each, see what it is, store what became of it, or why nothing did."""

import logging
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.db.models import F
from django.utils import timezone

from submissions import storage
from submissions.intake.arrival import File
from submissions.intake.email.memorylimit import under
from submissions.intake.email.settling import LeaseLost, Read, settle
from submissions.intake.email.timelimit import OutOfTime, within
from submissions.intake.email.understand import Understood, understand
from submissions.models import Outcome, RawMessage
from submissions.models.leased import complete

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
MOST_MEMORY = 600_000_000
"""Bytes that the reading of one message may take beside what the worker holds already."""
TOGETHER = 4_000_000
"""Bytes of the messages that are stored together: what is understood of them is in memory until then."""
DEADLOCK = "40P01"
"""In Appendix A of PostgreSQL's manual."""
TRANSIENT_FOR = timedelta(days=1)
"""For so long a message waits for a disk or database that takes nothing; after it, that counts as its own failure."""
RETRY_AFTER = timedelta(seconds=30)


def attempt(message: RawMessage, seconds: float) -> None:
    """Read a leased message in at most `seconds`; never raises. The attempt was counted when it was leased."""
    attempt_all([message], seconds)


def attempt_all(messages: Sequence[RawMessage], seconds: float, until: float = math.inf) -> None:
    """Read leased messages, each in at most `seconds`, and store what they are together; never raises.

    Those whose turn has not come at the time `until` (by time.monotonic) are given back, except the first.
    """
    read: list[Read] = []
    for place, message in enumerate(messages):
        if place and time.monotonic() > until:
            put_back(messages[place:])
            break
        if sum(one.message.size for one in read) + message.size > TOGETHER:
            _settle(read)
            read = []
        with _answering_for(message):
            read.append(Read(message, _understood(message, seconds)))
    _settle(read)


def _understood(message: RawMessage, seconds: float) -> Understood:
    """Understand a message, and make its files durable. Raises whatever goes wrong."""
    with within(seconds), under(MOST_MEMORY):
        understood = understand(message, bytes_of(message))
        for file in _files(understood):
            storage.keep(file.content)  # before the transaction, which then holds the database for a moment only
    return understood


def _settle(read: Sequence[Read]) -> None:
    """Store what messages are, together, and where that fails each by itself, so that a bad one fails alone."""
    if len(read) > 1:
        try:
            settle(read)
        except Exception as error:  # whichever message it was about, the others are stored without it
            if _is_transient(error) and not _is_deadlock(error):
                for one in read:
                    _failed(one.message, error)
                return
        else:
            return
    for one in read:
        with _answering_for(one.message):
            settle([one])


@contextmanager
def _answering_for(message: RawMessage) -> Iterator[None]:
    """Take down what goes wrong with a message in the block, and go on."""
    try:
        yield
    except LeaseLost:
        logger.warning("message %s took longer than its lease", message.pk)
    except (Exception, OutOfTime) as error:
        _failed(message, error)


def _files(understood: Understood) -> tuple[File, ...]:
    """Return the files that will be kept, if the message turns out to be a person's."""
    return understood.letter.arrival.files if understood.letter else ()


def bytes_of(message: RawMessage) -> bytes:
    """Return a message as it was delivered. Raises FileNotFoundError where its content is gone."""
    if message.content is not None:
        return bytes(message.content)
    if message.file:
        return storage.read(message.file)
    raise FileNotFoundError("the content was erased")


def _failed(message: RawMessage, error: BaseException) -> None:
    reason = _reason(error)
    if _is_transient(error) and message.received_at > timezone.now() - TRANSIENT_FOR:
        logger.warning("message %s waits: %s", message.pk, reason)
        put_back([message], after=RETRY_AFTER)
        return
    final = message.attempts >= MOST_ATTEMPTS
    logger.warning("message %s failed for the %s. time: %s", message.pk, message.attempts, reason)
    complete(message, outcome=Outcome.QUARANTINE if final else Outcome.WAITING, reason=reason)


def put_back(messages: Sequence[RawMessage], after: timedelta | None = None) -> None:
    """Give leased messages back as if they had not been tried; nobody takes them before `after` is over."""
    for message in messages:
        RawMessage.objects.filter(pk=message.pk, lease_token=message.lease_token).update(
            lease_token=None, leased_until=after and timezone.now() + after, attempts=F("attempts") - 1
        )


def _is_transient(error: BaseException) -> bool:
    """Whether disk or database could not take anything, which says nothing about the message."""
    return isinstance(error, OSError | OperationalError | InterfaceError) and not isinstance(error, FileNotFoundError)


def _is_deadlock(error: BaseException) -> bool:
    """Whether PostgreSQL ended this transaction so that another could go on: there is nothing to wait for."""
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK


def _reason(error: BaseException) -> str:
    """Return the class of an error and where it was raised: its text may quote the message."""
    frame, line = error.__traceback__, 0
    name = ""
    while frame:
        name, line = Path(frame.tb_frame.f_code.co_filename).name, frame.tb_lineno
        frame = frame.tb_next
    return f"{type(error).__name__} in {name}:{line}"[:200]
