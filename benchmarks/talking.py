"""Processes that a benchmark talks to, line by line, and what they use."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Talker:
    """A process that answers each line that it is told with one of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def tell(self, line: str) -> None:
        """Say a line."""
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """Return the next answer. Raises EOFError where the process has ended."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(self.process.args)
        return line


@contextmanager
def talking(module: str, *arguments: str, folder: str) -> Iterator[Talker]:
    """Run a module of the benchmarks with DATA_DIR in a folder, once it has said that it is ready; then end it."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    env = os.environ | {"DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        talker = Talker(process)
        talker.hear()
        yield talker
    finally:
        process.communicate()


def cpu_seconds() -> float:
    """Return the processor's time that this process and its children that have ended took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
