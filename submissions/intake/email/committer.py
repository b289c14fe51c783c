"""Group commit: deliveries that arrive while a commit runs share the next one, and its ring."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain

from django.db import Error, OperationalError, close_old_connections

from submissions.doorbell import ring
from submissions.intake.email.accept import store
from submissions.models import RawMessage

BATCH = 100
"""Messages in one commit, at most."""
GATHER = 0.01
"""A commit waits at most so many seconds for messages that are being read."""
PATIENCE = 30.0
"""After so many seconds of a database that takes nothing, the rest of a batch is told to come again."""

Rows = list[RawMessage]


class Committer:
    """One writer thread, and the messages that wait for it."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="committer")
        self._waiting: list[tuple[Rows, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self.coming = 0
        """How many messages are being read, and will want a commit in a moment."""

    async def store(self, rows: Rows) -> None:
        """Return when the rows of one message are durable. Raises what the database raised; then none of them is."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((rows, future))
        self._wake.set()
        await future

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Say that a message is being read, for as long as it is."""
        self.coming += 1
        try:
            yield
        finally:
            self.coming -= 1

    async def run(self) -> None:
        """Commit what waits, batch after batch, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            await self._gather()
            self._wake.clear()
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            if self._waiting:
                self._wake.set()
            errors = await loop.run_in_executor(self.thread, store_each, [rows for rows, _ in batch])
            for (_, future), error in zip(batch, errors, strict=True):
                _answer(future, error)
            await loop.run_in_executor(self.thread, ring, "intake")

    async def _gather(self) -> None:
        """Wait a moment for messages that are nearly there: one commit costs as much as many."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + GATHER
        while self.coming and loop.time() < give_up_at:
            await asyncio.sleep(0.001)


def store_each(messages: Sequence[Rows]) -> list[Exception | None]:
    """Store messages in one commit, and where that fails each in its own, so that a bad one fails alone.

    Return for each message None, or the error for which it was not stored.
    """
    close_old_connections()
    try:
        store(chain.from_iterable(messages))
    except Exception as error:  # whichever message it was about, the others are tried without it
        return [error] if len(messages) == 1 else _store_singly(messages)
    return [None] * len(messages)


def _store_singly(messages: Sequence[Rows]) -> list[Exception | None]:
    errors: list[Exception | None] = []
    give_up_at = time.monotonic() + PATIENCE
    for rows in messages:
        if errors and isinstance(errors[-1], OperationalError) and time.monotonic() > give_up_at:
            errors.append(errors[-1])
            continue
        close_old_connections()
        errors.append(_attempt(rows))
    return errors


def _attempt(rows: Rows) -> Exception | None:
    try:
        store(rows)
    except Exception as error:
        return error
    return None


def is_full_or_down(error: Exception) -> bool:
    """Whether disk or database cannot take anything just now, which says nothing about the message."""
    return isinstance(error, OSError | Error)


def _answer(future: asyncio.Future[None], error: Exception | None) -> None:
    if future.done():  # the client has gone
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)
