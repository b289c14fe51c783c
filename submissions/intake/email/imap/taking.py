"""Taking what is new in one folder: list, fetch, commit, ring, then move away. A crash anywhere loses nothing.

Between commit and move the ledger knows the message, so the next look only moves it; before the commit nothing has
happened at all.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from submissions.doorbell import ring
from submissions.intake.email.imap import ledger
from submissions.intake.email.imap.blame import Blame, Key
from submissions.intake.email.imap.folder import OpenFolder, chunks
from submissions.intake.email.imap.ledger import Entry, Place
from submissions.intake.email.imap.places import PROCESSED, QUARANTINE
from submissions.intake.email.imap.routing import Nowhere, envelope_of
from submissions.intake.email.imap.trouble import Declined, Disconnected
from submissions.intake.email.spool import IN_ROW, Spool, contain
from submissions.models import ImapState

logger = logging.getLogger(__name__)

BATCH, BATCH_BYTES = 50, 5_000_000
"""Messages, and bytes, in one FETCH and one commit."""
WARNINGS = {
    ImapState.SKIPPED: "message %s is for the tips address, which mail cannot reach yet: it stays where it is, unread",
    ImapState.TOO_LARGE: "message %s is larger than the house policy allows and was not fetched",
}


@dataclass(frozen=True, kw_only=True)
class House:
    """What taking needs to know of us: the login, the limit in bytes, where mail is moved (None: it stays)."""

    login: str
    limit: int
    destination: Callable[[str], str] | None
    stopping: Callable[[], bool]


@dataclass
class Tally:
    """What one look came to. Up to the UID `settled`, all is done; `trouble` is a code."""

    accepted: int = 0
    other: int = 0
    settled: int = 0
    trouble: str = ""


class Taking:
    """One look into one open folder."""

    def __init__(self, folder: OpenFolder, place: Place, house: House, blame: Blame, *, junk: bool) -> None:
        self._folder, self._place, self._house, self._blame, self._junk = folder, place, house, blame, junk
        self._done: set[int] = set()
        self.tally = Tally()

    def run(self, above: int) -> Tally:
        """Take what has a UID above one. Raises Disconnected, DatabaseError, or OSError when the disk is full."""
        listed = self._folder.uids(above)
        lines = ledger.known(self._place, listed)
        self._put_away(lines)
        for some in chunks([uid for uid in listed if uid not in lines]):
            self._take(some)
        pending = [uid for uid in listed if uid not in self._done]
        self.tally.settled = pending[0] - 1 if pending else max(listed, default=above)
        return self.tally

    def _take(self, uids: Sequence[int]) -> None:
        sizes = self._folder.sizes(uids)
        for batch in self._batches(sizes):
            if self._house.stopping():
                return
            self._write(self._fetch(batch, sizes))

    def _batches(self, sizes: Mapping[int, int]) -> Iterator[list[int]]:
        """Yield the UIDs that are fetched together: small messages first, then one by one what may give trouble."""
        alone = {uid for uid, size in sizes.items() if self._is_large(size) or self._blame.is_suspect(self._key(uid))}
        batch: list[int] = []
        room = BATCH_BYTES
        for uid in sorted(set(sizes) - alone):
            if batch and (len(batch) == BATCH or sizes[uid] > room):
                yield batch
                batch, room = [], BATCH_BYTES
            batch.append(uid)
            room -= sizes[uid]
        if batch:
            yield batch
        for uid in sorted(alone, key=lambda uid: (self._blame.failures(self._key(uid)), uid)):
            if self._blame.is_resting(self._key(uid)):
                self.tally.trouble = "undelivered"
            else:
                yield [uid]

    def _fetch(self, batch: list[int], sizes: Mapping[int, int]) -> list[Entry]:
        """Return what becomes of a batch's messages; one that the server does not deliver is left out."""
        try:
            if self._is_large(sizes[batch[0]]):
                return [self._large(batch[0], sizes[batch[0]])]
            bodies = self._folder.bodies(batch)
        except Declined:
            if len(batch) == 1:
                self._not_delivered(batch[0])
                return []
            return [entry for uid in batch for entry in self._fetch([uid], sizes)]
        except Disconnected:
            self._blame.suspect(self._key(uid) for uid in batch)
            if len(batch) == 1:
                self._not_delivered(batch[0])
            raise
        for uid in (uid for uid, body in bodies.items() if body is None):
            self._not_delivered(uid)
        return [self._small(uid, body) for uid, body in bodies.items() if body is not None]

    def _small(self, uid: int, body: bytes) -> Entry:
        envelope = envelope_of(body, self._house.login, junk=self._junk)
        if envelope is Nowhere.TIPS:
            return Entry(uid=uid, size=len(body), state=ImapState.SKIPPED)
        if len(body) > self._house.limit:
            return Entry(uid=uid, size=len(body), state=ImapState.TOO_LARGE)
        return Entry(uid=uid, size=len(body), state=ImapState.ACCEPTED, envelope=envelope, contents=contain(body))

    def _large(self, uid: int, size: int) -> Entry:
        """Return what becomes of a large message. Its bytes go to disk as they come, unless only tips may read them."""
        if size > self._house.limit:
            return Entry(uid=uid, size=size, state=ImapState.TOO_LARGE)
        spool, envelope = Spool(), None
        try:
            for piece in self._folder.pieces(uid):
                if envelope is None:
                    routed = envelope_of(piece, self._house.login, junk=self._junk)
                    if routed is Nowhere.TIPS:
                        return Entry(uid=uid, size=size, state=ImapState.SKIPPED)
                    envelope = routed
                spool.write(piece)
                if spool.size > self._house.limit:  # the server's size was an estimate
                    return Entry(uid=uid, size=spool.size, state=ImapState.TOO_LARGE)
            contents = spool.finish()
        finally:
            spool.discard()
        return Entry(uid=uid, size=contents.size, state=ImapState.ACCEPTED, envelope=envelope, contents=contents)

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
        self._blame.clear(self._key(entry.uid) for entry in written)
        self._put_away({entry.uid: entry.state for entry in written})
        self._look_into([entry.uid for entry in entries if entry not in written])

    def _look_into(self, unwritten: list[int]) -> None:
        lines = ledger.known(self._place, unwritten)
        for uid in (uid for uid in unwritten if uid not in lines):
            self._not_delivered(uid)

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

    def _not_delivered(self, uid: int) -> None:
        key = self._key(uid)
        self._blame.fail(key)
        self.tally.trouble = "undelivered"
        logger.warning("message %s was not delivered by the server, or not taken by the database", uid)

    def _is_large(self, size: int) -> bool:
        return size > min(IN_ROW, self._house.limit)

    def _key(self, uid: int) -> Key:
        return self._place.folder, self._place.uidvalidity, uid
