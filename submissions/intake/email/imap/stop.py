"""The wish to end: noted by a signal, looked at between two batches."""

import signal
import time
from types import FrameType

SLICE = 0.2


class Stop:
    """Whether to end. A plain flag: an Event's lock may be held by the very thread that a signal interrupts."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Note SIGTERM and SIGINT from now on."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def wait(self, seconds: float) -> None:
        """Return after so many seconds, or soon after the wish."""
        until = time.monotonic() + seconds
        while not self.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(SLICE, left))

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
