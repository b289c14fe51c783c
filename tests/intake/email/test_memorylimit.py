import resource
import subprocess
import sys
import threading

import pytest

from submissions.intake.email.memorylimit import under

TRIED = """
import resource
from submissions.intake.email.memorylimit import under
from submissions.intake.email.parsing.tree import guarded
before = resource.getrlimit(resource.RLIMIT_AS)
for take in (lambda: bytearray(300_000_000), lambda: guarded(lambda: bytearray(300_000_000), None)):
    try:
        with under(100_000_000):
            take()
    except MemoryError:
        print("out of memory")
print(len(bytearray(300_000_000)), resource.getrlimit(resource.RLIMIT_AS) == before)
"""


@pytest.mark.protocol
def test_a_block_that_takes_too_much_fails_alone_and_no_guard_swallows_it():
    done = subprocess.run([sys.executable, "-c", TRIED], check=True, capture_output=True, text=True)
    assert done.stdout == "out of memory\nout of memory\n300000000 True\n"


def test_another_thread_runs_without_the_limit():
    before, seen = resource.getrlimit(resource.RLIMIT_AS), []

    def work():
        with under(1):
            seen.append(resource.getrlimit(resource.RLIMIT_AS))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_a_tighter_limit_of_the_process_stays(monkeypatch):
    set_to = []
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (5, 10))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: set_to.append(limits))
    with under(10**15):
        pass
    assert set_to == [(5, 10), (5, 10)]
