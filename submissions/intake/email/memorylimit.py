"""A limit on the memory that one message may take, so that a hostile one fails alone and the worker lives on."""

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USED = Path("/proc/self/statm")


@contextmanager
def under(most_bytes: int) -> Iterator[None]:
    """Let the process take at most `most_bytes` of address space more in the block; beyond, MemoryError is raised.

    The limit is the whole process's, so other threads meet it, too. Set by the main thread only, as limits on time are;
    elsewhere, and where the system does not tell what is in use (it has no /proc), the block runs without.
    """
    if threading.current_thread() is not threading.main_thread() or not _USED.exists():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_lowest(_in_use() + most_bytes, soft, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _in_use() -> int:
    """Return the bytes of address space that the process has now."""
    return int(_USED.read_text().split()[0]) * resource.getpagesize()


def _lowest(*limits: int) -> int:
    return min(limit for limit in limits if limit != resource.RLIM_INFINITY)
