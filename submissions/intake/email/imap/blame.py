"""Which messages a server fails to deliver: they are asked for singly and last, so that they hold up no other."""

import time
from collections.abc import Iterable

MOST_TRIES = 3
PAUSE = 3600.0
"""A message that failed so often is tried again after so many seconds."""

Key = tuple[str, int, int]
"""Folder, UIDVALIDITY, UID."""


class Blame:
    """What one process remembers of failures; the next process begins anew."""

    def __init__(self) -> None:
        self._failures: dict[Key, int] = {}
        self._resting: dict[Key, float] = {}

    def suspect(self, keys: Iterable[Key]) -> None:
        """Note that the connection broke over some messages, one of which may be why."""
        for key in keys:
            self._failures.setdefault(key, 0)

    def fail(self, key: Key) -> None:
        """Note that a message asked for alone was not delivered."""
        self._failures[key] = self._failures.get(key, 0) + 1
        if self._failures[key] >= MOST_TRIES:
            self._resting[key] = time.monotonic() + PAUSE

    def clear(self, keys: Iterable[Key]) -> None:
        """Note that messages were delivered."""
        for key in keys:
            self._failures.pop(key, None)
            self._resting.pop(key, None)

    def is_suspect(self, key: Key) -> bool:
        """Whether a message must be asked for alone."""
        return key in self._failures

    def failures(self, key: Key) -> int:
        """Return how often a message failed alone: those that did most come last."""
        return self._failures.get(key, 0)

    def is_resting(self, key: Key) -> bool:
        """Whether a message has failed so often that it is let be for a while."""
        return self._resting.get(key, 0.0) > time.monotonic()
