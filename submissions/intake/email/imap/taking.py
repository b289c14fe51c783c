"""Taking what is new in one folder: list, fetch, commit, ring, then move away. A crash anywhere loses nothing.

Between commit and move the ledger knows the message, so the next look only moves it; before the commit nothing has
happened at all.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from submissions.doorbell import ring
from submissions.intake.email.imap import ledger
from submissions.intake.email.imap.fetching import Fetching, House
from submissions.intake.email.imap.folder import OpenFolder, chunks
from submissions.intake.email.imap.ledger import Entry, Place
from submissions.intake.email.imap.places import PROCESSED, QUARANTINE
from submissions.intake.email.imap.trouble import Declined
from submissions.models import ImapState

logger = logging.getLogger(__name__)

WARNINGS = {
    ImapState.SKIPPED: "message %s is for the tips address, which mail cannot reach yet: it stays where it is, unread",
    ImapState.TOO_LARGE: "message %s is larger than the house policy allows and was not taken",
}


@dataclass
class Tally:
    """What one look came to. Up to the UID `settled`, all is done; `trouble` is a code."""

    accepted: int = 0
    other: int = 0
    settled: int = 0
    trouble: str = ""


class Taking:
    """One look into one open folder."""

    def __init__(self, folder: OpenFolder, place: Place, house: House, fetching: Fetching) -> None:
        self._folder, self._place, self._house, self._fetching = folder, place, house, fetching
        self._done: set[int] = set()
        self.tally = Tally()

    def run(self, above: int) -> Tally:
        """Take what has a UID above one. Raises Disconnected, DatabaseError, or OSError when the disk is full."""
        listed = self._folder.uids(above)
        lines = ledger.known(self._place, listed)
        self._put_away(lines)
        self._take([uid for uid in listed if uid not in lines])
        if self._fetching.failed:
            self.tally.trouble = "undelivered"
        pending = [uid for uid in listed if uid not in self._done]
        self.tally.settled = pending[0] - 1 if pending else max(listed, default=above)
        return self.tally

    def _take(self, uids: list[int]) -> None:
        for some in chunks(uids):
            for entries in self._fetching.batches(some):
                self._write(entries)
                if self._house.stopping():
                    return

    def _write(self, entries: list[Entry]) -> None:
        """Commit, ring, and put away. Another poller may have been first; what the database refuses is let be."""
        written = ledger.write(self._place, entries)
        accepted = [entry for entry in written if entry.state == ImapState.ACCEPTED]
        if accepted:
            ring("intake")
        self.tally.accepted += len(accepted)
        self.tally.other += len(written) - len(accepted)
        for entry in written:
            if entry.state in WARNINGS:
                logger.warning(WARNINGS[entry.state], entry.uid)
        self._fetching.taken([entry.uid for entry in written])
        self._put_away({entry.uid: entry.state for entry in written})
        unwritten = [entry.uid for entry in entries if entry not in written]
        for uid in set(unwritten) - set(ledger.known(self._place, unwritten)):
            self._fetching.not_taken(uid)

    def _put_away(self, states: Mapping[int, str]) -> None:
        """Move away what is done with, if that is wanted; what is for the tips address stays."""
        if self._house.destination is None:
            self._done.update(states)
            return
        self._done.update(uid for uid, state in states.items() if state == ImapState.SKIPPED)
        large = [uid for uid, state in states.items() if state == ImapState.TOO_LARGE]
        self._move([uid for uid in states if uid not in self._done and uid not in large], PROCESSED)
        self._move(large, QUARANTINE)

    def _move(self, uids: list[int], name: str) -> None:
        if not uids or self._house.destination is None:
            return
        try:
            self._folder.move(uids, self._house.destination(name))
        except Declined:
            self.tally.trouble = "move"
            logger.warning(
                "%s message(s) could not be moved to %s; they are safe, and it is tried again", len(uids), name
            )
            return
        ledger.moved(self._place, uids)
        self._done.update(uids)
