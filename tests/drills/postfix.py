"""Mail by a real Postfix, over LMTP or a pipe, while our side is killed ten times and its disk is full once.

`python -m tests.drills.postfix [lmtp|pipe] [--messages N]`: one line of JSON each; exit code 1 where a mail is lost,
doubled, sent back or changed. Needs root and Postfix. DRILL_SEED repeats the moments of a drill, as far as may be.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.drills.common import KILLS, House, apart, check, eventually, judge, play
from tests.drills.mails import Mail, mails
from tests.drills.sides import PATIENCE, Daemon, Pipe, Side
from tests.engines import free_port
from tests.intake.email.postfix import Postfix, postfix_program

MESSAGES = {"lmtp": 1000, "pipe": 250}
"""As many as fit into five minutes on two cores: for the pipe each starts an interpreter."""
CLIENTS = 4
REFUSALS = 10
"""So many messages, or half of a small wave, are refused while the disk is full."""


def lmtp(house: House, count: int, seed: int) -> dict[str, Any]:
    """Over LMTP what was sent comes byte for byte, below one line that Postfix puts on top."""
    side = Daemon(house, free_port())
    with Postfix(side.settings, side.service) as postfix:
        return Drill(house, postfix, side, seed).run(count, "\r\n")


def pipe(house: House, count: int, seed: int) -> dict[str, Any]:
    """Over a pipe the same, with LF for CRLF."""
    side = Pipe(house)
    with Postfix(side.settings, side.service) as postfix:
        return Drill(house, postfix, side, seed).run(count, "\n")


class Drill:
    """One house, one Postfix, and chance."""

    def __init__(self, house: House, postfix: Postfix, side: Side, seed: int) -> None:
        self.house, self.postfix, self.side, self.seed = house, postfix, side, seed
        self._chance = random.Random(seed)
        self._pool = ThreadPoolExecutor(CLIENTS)

    def run(self, count: int, line_end: str) -> dict[str, Any]:
        """Send and kill in waves; let all come to rest, read it, and return the figures. Raises Broken."""
        sent, started = mails(count), time.monotonic()
        with self._pool:
            killed = sum(self._wave(sent[number::KILLS], number) for number in range(KILLS))
        delivered = self.postfix.empty(PATIENCE)
        seconds = time.monotonic() - started
        check(delivered, f"{self.postfix.queued()} messages are still in Postfix's queue")
        self.side.stop()
        check(not self.postfix.told("bounced"), f"{self.postfix.told('bounced')} messages were sent back")
        check(killed >= KILLS, f"only {killed} processes were killed")
        self.house.read()
        figures = judge(sent, partial(_as_sent, line_end=line_end.encode()))
        return {
            **figures,
            "megabytes": round(sum(len(mail.raw) for mail in sent) / 1e6, 1),
            "kills": killed,
            "refused_while_full": self.postfix.told("deferred", self.side.full),
            "put_off_by_postfix": self.postfix.told("deferred"),
            "delivery_seconds": round(seconds, 1),
            "seed": self.seed,
        }

    def _wave(self, wave: list[Mail], number: int) -> int:
        """Hand over some mail and kill while it is on its way, every second time right after a commit.

        In the middle of the drill the disk is full meanwhile: until enough is refused, and beyond the kill.
        """
        full = number == KILLS // 2
        if full:
            self.house.fill_disk()
        before = self._refused()
        sending = [self._pool.submit(self._send, wave[part::CLIENTS]) for part in range(CLIENTS)]
        if full:
            wanted = before + min(REFUSALS, len(wave) // 2)
            eventually(lambda: self._refused() >= wanted, PATIENCE, "mail is refused for want of room", every=0.2)
        killed = self.side.kill(self._chance, at_commit=number % 2 == 0 and not full)
        _finish(sending)
        if full:
            self.house.disk.free()
        self.postfix.flush()
        return killed

    def _send(self, some: list[Mail]) -> None:
        self.postfix.send((mail.sender, mail.recipient, mail.raw) for mail in some)

    def _refused(self) -> int:
        return self.postfix.told("deferred", self.side.full)


def _finish(sending: list[Future[None]]) -> None:
    for future in sending:
        future.result(PATIENCE)


def _as_sent(mail: Mail, message: Any, content: bytes, *, line_end: bytes) -> bool:
    """Whether a message is what was sent: envelope and bytes, below what Postfix puts on top."""
    start = content.find(line_end + b"From: ") + len(line_end)
    as_sent = content[start:] == mail.raw.replace(b"\r\n", line_end)
    return as_sent and message.envelope_from == mail.sender and content.count(b"Received: ", 0, start) == 1


ROADS = {"lmtp": lmtp, "pipe": pipe}


def _play(road: str, count: int, seed: int) -> dict[str, Any]:
    with House() as house:
        return {"drill": f"postfix {road}", **ROADS[road](house, count, seed)}


def main() -> None:
    """Run one drill, or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("road", nargs="?", choices=ROADS, help="default: both")
    parser.add_argument("--messages", type=int, help=f"in a drill (default: {MESSAGES})")
    options = parser.parse_args()
    if not postfix_program():
        sys.exit("not installed: postfix (apt install postfix)")
    if not options.road:  # each in a process of its own: Django keeps to the first house that it is set up for
        sys.exit(max(subprocess.call([*sys.orig_argv, road]) for road in ROADS))
    apart("tests.drills.postfix")
    seed = int(os.environ.get("DRILL_SEED") or time.time())
    play([partial(_play, options.road, options.messages or MESSAGES[options.road], seed)])


if __name__ == "__main__":
    main()
