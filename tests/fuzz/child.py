"""The process that tries messages: `python -m tests.fuzz.child SEED SECONDS FOLDER`. It may hang; its parent sees it.

In FOLDER it keeps the message that is being read (`current`), how many have been (`count`), and what went wrong
(`found/`). Guided by coverage where atheris is installed, which the project does not require; else by chance alone.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.house import open_house

try:
    import atheris
except ImportError:
    atheris = None

INSTRUMENTED = ["submissions.intake.email", "submissions.cleaning"]

Try = Callable[[bytes], None]


def main(seed: int, seconds: float, folder: Path) -> None:
    """Try messages for so many seconds."""
    watched = atheris.instrument_imports(include=INSTRUMENTED) if atheris else contextlib.nullcontext()
    with watched:
        open_house(os.environ["DATA_DIR"])
        from tests.fuzz.mutations import Mutator
        from tests.fuzz.seeds import seeds
    mutator = Mutator(Random(seed), seeds())
    attempt = _attempts(folder)
    if atheris:
        _guided(attempt, mutator, seed, seconds, folder)
        return
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        attempt(mutator.fresh())


def _attempts(folder: Path) -> Try:
    """Return what tries one message and keeps count."""
    from tests.fuzz.findings import keep, trouble_of

    count = 0

    def attempt(raw: bytes) -> None:
        nonlocal count
        folder.joinpath("current").write_bytes(raw)
        trouble = trouble_of(raw)
        if trouble:
            keep(folder / "found", trouble, raw)
        count += 1
        folder.joinpath("count").write_text(str(count))

    return attempt


def _guided(attempt: Try, mutator, seed: int, seconds: float, folder: Path) -> None:
    """Let libFuzzer choose what to change further; how, is half its own way and half ours. Ends the process."""
    start = folder / "seeds"
    start.mkdir(exist_ok=True)
    for number, raw in enumerate(mutator.seeds):
        start.joinpath(str(number)).write_bytes(raw)

    def change(raw: bytes, most: int, _seed: int) -> bytes:
        if mutator.chance.random() < 0.5:
            return atheris.Mutate(raw, min(most, len(raw) + 4096))
        return (mutator.fresh() if mutator.chance.random() < 0.3 else mutator.changed(raw))[:most]

    from tests.fuzz.mutations import LARGEST

    options = [f"-seed={seed}", f"-max_total_time={int(seconds)}", f"-max_len={LARGEST - 1}", "-rss_limit_mb=0"]
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", "-len_control=0", str(start)], attempt, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]))
