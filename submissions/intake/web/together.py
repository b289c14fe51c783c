"""Letters that come at the same moment share one transaction, one flush to the disk and one ring.

Each request waits for its turn to write. Whoever gets it writes for all who wait by then, and they find theirs done.
So under load a letter costs a part of a commit; alone it costs one, and nobody waits for company. The promise is
unchanged: a request is answered when the transaction that holds its letter has been committed.
"""

import logging
import threading
from contextlib import suppress

from django.db import OperationalError, connection

from submissions import storage
from submissions.intake.arrival import Arrival
from submissions.intake.receive import receive, receive_all
from submissions.models import Party, Submission

logger = logging.getLogger(__name__)

MOST = 32
"""Letters in one transaction."""
PATIENCE = 20.0
"""Seconds that a request waits for its turn, as long as SQLite waits for its lock."""


class Waiting:
    """One request's letter, and what became of it."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.submission: Submission | None = None
        self.error: Exception | None = None

    def outcome(self) -> Submission:
        """Return the submission, or raise why there is none."""
        if self.error is not None:
            raise self.error
        if self.submission is None:
            raise OperationalError("whoever wrote for this letter did not finish")
        return self.submission


_line: list[Waiting] = []
_turn = threading.Lock()


def receive_together(arrival: Arrival) -> Submission:
    """Receive a writer's letter with whatever else waits; raises what `receive` raises.

    Inside a transaction of the caller's it goes alone: others must not depend on how that ends.
    """
    if connection.in_atomic_block:
        return receive(arrival, by=Party.WRITER)[0]
    for file in arrival.files:  # so that nobody waits while another's files are flushed
        storage.keep(file.content)
    mine = Waiting(arrival)
    _line.append(mine)
    if not _turn.acquire(timeout=PATIENCE):
        return _leave(mine)
    try:
        while mine in _line:
            _write_for_all()
    finally:
        _turn.release()
    return mine.outcome()


def _leave(mine: Waiting) -> Submission:
    """Give up waiting, unless somebody is writing it at this very moment."""
    try:
        _line.remove(mine)
    except ValueError:
        with _turn:
            return mine.outcome()
    raise OperationalError("the database was busy for too long")


def _write_for_all() -> None:
    """Write for those who wait: in one transaction, or each alone where that fails for anything but the database.

    Sorted by address, so that two processes never wait for one another's writers.
    """
    batch = _take()
    different = {waiting.arrival.identity: waiting for waiting in batch}
    first = sorted(different.values(), key=lambda waiting: waiting.arrival.email.casefold())
    try:
        submissions = receive_all([waiting.arrival for waiting in first], by=Party.WRITER)
        for waiting, submission in zip(first, submissions, strict=True):
            waiting.submission = submission
    except (OperationalError, OSError) as error:
        for waiting in batch:
            waiting.error = error
    except Exception:  # one of them is at fault: it will fail alone, and its request tells
        logger.info("%d letters are stored one by one", len(batch))
    for waiting in batch:
        if waiting.submission is None and waiting.error is None:
            _write_alone(waiting)


def _take() -> list[Waiting]:
    """Take the first ones out of the line; others may leave it meanwhile."""
    batch: list[Waiting] = []
    with suppress(IndexError):
        while len(batch) < MOST:
            batch.append(_line.pop(0))
    return batch


def _write_alone(waiting: Waiting) -> None:
    try:
        waiting.submission = receive(waiting.arrival, by=Party.WRITER)[0]
    except Exception as error:  # it is raised again by the request that waits for it
        waiting.error = error
