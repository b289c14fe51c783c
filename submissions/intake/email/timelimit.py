"""A limit on the time that one message may take, so that a hostile one costs a worker seconds and not hours."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class OutOfTime(BaseException):
    """The time is up. No Exception, so that no guard around the standard library swallows it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block once `seconds` are over, and again each second until it is left.

    It stops Python code; what hangs inside a C library is ended by the task's hard time limit, which kills the worker.
    A thread that is not the main one cannot be stopped so, and runs without this limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _time_is_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise OutOfTime
