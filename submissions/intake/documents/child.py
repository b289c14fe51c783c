"""The process that reads one document: its bytes on standard input, a Document as JSON on standard output.

`python -m submissions.intake.documents.child KIND CPU_SECONDS MEMORY_BYTES`. What fails here ends the process without
an answer, and that says enough: there is no handler for what a hostile document may break.
"""

import json
import resource
import signal
import sys
from dataclasses import asdict, replace
from importlib import import_module

from submissions.intake.documents.document import MOST_CHARACTERS, Document, Unread

OPEN_FILES = 32
ORPHANED = 30
"""Seconds after which it ends itself: its parent may have been killed and can end it no more."""


def main(kind: str, cpu_seconds: int, memory: int) -> None:
    """Read the document on standard input under these limits, and print what it says."""
    reader = import_module(f"submissions.intake.documents.readers.{kind}")
    signal.alarm(ORPHANED)
    limit(cpu_seconds, memory)
    try:
        document = reader.read(sys.stdin.buffer.read())
    except Unread as unread:
        document = Document(text="", problem=unread.problem)
    except MemoryError:
        document = Document(text="", problem="out_of_memory")
    if len(document.text) > MOST_CHARACTERS:
        document = replace(document, text=document.text[:MOST_CHARACTERS], problem="too_long")
    sys.stdout.write(json.dumps(asdict(document)))


def limit(cpu_seconds: int, memory: int) -> None:
    """Take from this process what it needs not: memory and time beyond these, files, and further processes."""
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, cpu_seconds, spare=1)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_NPROC, 0)


def _lower(which: int, most: int, *, spare: int = 0) -> None:
    """Lower a limit. At the hard one of time the kernel kills without the signal that tells why: it lies behind."""
    hard = resource.getrlimit(which)[1]
    soft, behind = (value if hard == resource.RLIM_INFINITY else min(value, hard) for value in (most, most + spare))
    resource.setrlimit(which, (soft, behind))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
