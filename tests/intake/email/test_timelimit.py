import signal
import threading
import time

import pytest

from submissions.intake.email.parsing.tree import guarded
from submissions.intake.email.timelimit import OutOfTime, within


def _work_on_and_on() -> None:
    while True:
        time.sleep(0.01)


def test_a_block_that_takes_too_long_is_stopped():
    with pytest.raises(OutOfTime), within(0.05):
        _work_on_and_on()


def test_a_guard_does_not_swallow_the_end():
    with pytest.raises(OutOfTime), within(0.05):
        guarded(_work_on_and_on, None)


def test_a_block_in_time_leaves_nothing_behind():
    before = signal.getsignal(signal.SIGALRM)
    with within(5):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_another_thread_runs_without_the_limit():
    done = []

    def work():
        with within(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
