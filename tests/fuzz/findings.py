"""What goes wrong with a message, told apart by the reader, the error and the place, and the message made smaller."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.fuzz.readers import Reading, TooSlow

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Trouble:
    """Which reader had the message, what it raised (TooSlow: nothing in time), and in which function of ours."""

    reader: str
    error: str
    place: str

    def __str__(self) -> str:
        return f"{self.reader}: {self.error} in {self.place}"

    @property
    def name(self) -> str:
        """A name for files, the same for the same trouble."""
        return f"{self.reader}-{self.error}-{hashlib.sha256(self.place.encode()).hexdigest()[:8]}".lower()


def trouble_of(raw: bytes) -> Trouble | None:
    """Return what goes wrong with a message, None if nothing does."""
    reading = Reading(raw)
    try:
        reading.run()
    except (Exception, TooSlow) as error:
        return Trouble(reading.at, type(error).__name__, _place(error.__traceback__))
    return None


def shrunk(raw: bytes, trouble: Trouble, seconds: float) -> bytes:
    """Return a message with the same trouble and less around it, after so many seconds at most."""
    until = time.monotonic() + seconds
    size = len(raw) // 2
    while size and time.monotonic() < until:
        place, before = 0, len(raw)
        while place < len(raw) and time.monotonic() < until:
            without = raw[:place] + raw[place + size :]
            if trouble_of(without) == trouble:
                raw = without
            else:
                place += size
        if len(raw) == before or size > len(raw):
            size //= 2
    return raw


def keep(folder: Path, trouble: Trouble, raw: bytes) -> bool:
    """Write a message into a folder unless one with the same trouble is there; return whether it was the first."""
    path = folder / f"{trouble.name}.eml"
    if path.exists():
        return False
    path.with_suffix(".txt").write_text(f"{trouble}\n")
    path.write_bytes(raw)
    return True


def _place(trace: TracebackType | None) -> str:
    """Return the innermost function of the project's in a traceback, not of its libraries'."""
    place = ""
    while trace:
        code = trace.tb_frame.f_code
        ours = Path(code.co_filename).is_relative_to(ROOT) and "site-packages" not in code.co_filename
        if ours and code.co_filename != Reading.run.__code__.co_filename:
            place = f"{Path(code.co_filename).name}:{code.co_name}"
        trace = trace.tb_next
    return place
