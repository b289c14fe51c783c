"""A process for one document: started clean, fed, listened to, and ended whatever happens."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from submissions.cleaning import clean_text
from submissions.intake.documents.document import MOST_CHARACTERS, PROBLEMS, Document

SECONDS = 8.0
"""By the clock, from start to end. Less than a mail's whole time, so that a bad document does not cost the mail."""
CPU_SECONDS = 5
MEMORY = 512_000_000
MOST_ANSWER = MOST_CHARACTERS * 12 + 1000
"""Bytes: JSON writes a character as two escapes at most."""
PIECE = 65_536
ROOT = Path(__file__).parents[3]
COMMAND = ("-SsPm", "submissions.intake.documents.child")
"""Without `site` it starts sooner, and nothing but the path that it is given is looked for modules."""


def run(kind: str, content: bytes, seconds: float = SECONDS) -> Document:
    """Return what the child says of a document; what became of it where it says nothing."""
    until = time.monotonic() + seconds
    try:
        child = _start(kind)
    except OSError:  # no process or no memory left for one
        return Document(text="", problem="out_of_memory")
    try:
        answer = _exchange(child, content, until)
    except TimeoutError:
        return Document(text="", problem="out_of_time")
    finally:
        _end(child)
    if len(answer) > MOST_ANSWER:
        return Document(text="", problem="broken")
    return _document(answer) or Document(text="", problem=_problem(child.returncode))


def _start(kind: str) -> subprocess.Popen[bytes]:
    """Start the child with this process's import path and nothing else of its surroundings.

    A new session makes a group of it, which can be killed as one.
    """
    paths = [str(ROOT), *(str(Path(path).absolute()) for path in sys.path if path)]
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return subprocess.Popen(  # noqa: S603 (our own program, and a reader's name)
        [sys.executable, *COMMAND, kind, str(CPU_SECONDS), str(MEMORY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": os.pathsep.join(paths)},
        cwd="/",
        start_new_session=True,
    )


def _exchange(child: subprocess.Popen[bytes], content: bytes, until: float) -> bytes:
    """Feed the child and return its answer, of one that is too long the beginning.

    Raises TimeoutError when the time is up before the answer ends.
    """
    ear, mouth = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    os.set_blocking(ear.fileno(), False)
    rest, answer = memoryview(content), bytearray()
    with selectors.DefaultSelector() as pipes:
        pipes.register(ear, selectors.EVENT_WRITE)
        pipes.register(mouth, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            ready = {key.fileobj for key, _ in pipes.select(left)}
            if ear in ready:
                rest = _feed(ear, rest)
                if not rest:
                    pipes.unregister(ear)
                    _close(ear)
            if mouth in ready:
                piece = os.read(mouth.fileno(), PIECE)
                answer += piece
                if not piece or len(answer) > MOST_ANSWER:
                    return bytes(answer)
    raise TimeoutError


def _feed(pipe: IO[bytes], rest: memoryview) -> memoryview:
    """Write what the pipe takes and return what remains; nothing remains for a child that listens no more."""
    try:
        return rest[os.write(pipe.fileno(), rest[:PIECE]) :]
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]


def _end(child: subprocess.Popen[bytes]) -> None:
    # Not waited for yet, so the number is still this group's and no other's.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):
        pipe.close()


def _document(answer: bytes) -> Document | None:
    """Return the document that an answer holds, None if it holds none: the child read hostile bytes."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    match said:
        case {"text": str(text), "tracked_changes": int(changes), "comments": int(comments), "problem": str(problem)}:
            text = clean_text(text)[:MOST_CHARACTERS]
            known = problem if problem in PROBLEMS else "broken"
            return Document(
                text=text, tracked_changes=changes, comments=comments, problem=known or ("" if text else "no_text")
            )
    return None


def _problem(returncode: int) -> str:
    """Return what became of a child that gave no answer: out of time, killed for its memory, or fallen over."""
    return {-signal.SIGXCPU: "out_of_time", -signal.SIGKILL: "out_of_memory"}.get(returncode, "broken")
