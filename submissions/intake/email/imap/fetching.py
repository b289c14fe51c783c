"""From UIDs to what becomes of their messages. One that the server does not deliver holds up no other."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from submissions.intake.email.accept import Envelope
from submissions.intake.email.imap.blame import Blame, Key
from submissions.intake.email.imap.folder import OpenFolder
from submissions.intake.email.imap.ledger import Entry, Place
from submissions.intake.email.imap.routing import Nowhere, envelope_of
from submissions.intake.email.imap.trouble import Declined, Disconnected
from submissions.intake.email.spool import IN_ROW, Spool, contain
from submissions.models import Door, ImapState

logger = logging.getLogger(__name__)

BATCH, BATCH_BYTES = 50, 5_000_000
"""Messages, and bytes, in one FETCH and one commit."""


@dataclass(frozen=True, kw_only=True)
class House:
    """What must be known of us: the login, the limit in bytes, where mail is moved (None: it stays)."""

    login: str
    limit: int
    destination: Callable[[str], str] | None
    stopping: Callable[[], bool]


class Fetching:
    """What is fetched in one look into one folder; `failed` tells whether something was not delivered."""

    def __init__(self, folder: OpenFolder, place: Place, house: House, blame: Blame, *, junk: bool) -> None:
        self._folder, self._place, self._house, self._blame, self._junk = folder, place, house, blame, junk
        self._old: frozenset[int] = frozenset()
        self.failed = False

    def batches(self, uids: Sequence[int]) -> Iterator[list[Entry]]:
        """Yield what becomes of messages, a commit at a time. Raises Disconnected, or OSError when the disk is full."""
        wanted = [uid for uid in uids if not self._blame.is_resting(self._key(uid))]
        self.failed |= len(wanted) < len(uids)
        if wanted:
            self._old = self._folder.before(self._place.account.since.date())
        sizes = self._sizes(wanted)
        for batch in self._together(sizes):
            yield self._fetch(batch, sizes)

    def not_taken(self, uid: int) -> None:
        """Note that a message was not delivered by the server, or not taken by the database."""
        self._blame.fail(self._key(uid))
        self.failed = True
        logger.warning("message %s was not delivered by the server, or not taken by the database", uid)

    def taken(self, uids: Sequence[int]) -> None:
        """Note that messages have been taken."""
        self._blame.clear(self._key(uid) for uid in uids)

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the sizes of those that are still there; 0 where the server cannot tell, as of one it cannot read."""
        alone = [uid for uid in uids if self._blame.is_suspect(self._key(uid))]
        found: dict[int, int] = {}
        for some in (sorted(set(uids) - set(alone)), *([uid] for uid in self._last_ones_last(alone))):
            try:
                with self._blaming(some):
                    found |= self._folder.sizes(some)
            except Declined:
                found |= dict.fromkeys(some, 0) if len(some) == 1 else self._sizes_singly(some)
        return found

    def _sizes_singly(self, uids: Sequence[int]) -> dict[int, int]:
        self._blame.suspect(self._key(uid) for uid in uids)
        return self._sizes(uids)

    def _together(self, sizes: Mapping[int, int]) -> Iterator[list[int]]:
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
        yield from ([batch] if batch else [])
        yield from ([uid] for uid in self._last_ones_last(alone))

    def _last_ones_last(self, uids: Iterable[int]) -> list[int]:
        return sorted(uids, key=lambda uid: (self._blame.failures(self._key(uid)), uid))

    def _fetch(self, batch: list[int], sizes: Mapping[int, int]) -> list[Entry]:
        try:
            with self._blaming(batch):
                if self._is_large(sizes[batch[0]]):
                    return [self._large(batch[0], sizes[batch[0]])]
                bodies = self._folder.bodies(batch)
        except Declined:
            if len(batch) > 1:
                return [entry for uid in batch for entry in self._fetch([uid], sizes)]
            self.not_taken(batch[0])
            return []
        for uid in (uid for uid, body in bodies.items() if body is None):
            self.not_taken(uid)
        return [self._small(uid, body) for uid, body in bodies.items() if body is not None]

    def _small(self, uid: int, body: bytes) -> Entry:
        envelope = self._routed(uid, body)
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
                    routed = self._routed(uid, piece)
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

    def _routed(self, uid: int, start: bytes) -> Envelope | Nowhere:
        """Return where a message goes. What lay in the mailbox before we came is imported: nobody is told of it."""
        routed = envelope_of(start, self._house.login, junk=self._junk)
        return replace(routed, door=Door.IMPORT) if isinstance(routed, Envelope) and uid in self._old else routed

    @contextmanager
    def _blaming(self, uids: Sequence[int]) -> Iterator[None]:
        """Remember over which messages the connection broke."""
        try:
            yield
        except Disconnected:
            self._blame.suspect(self._key(uid) for uid in uids)
            if len(uids) == 1:
                self.not_taken(uids[0])
            raise

    def _is_large(self, size: int) -> bool:
        return size > min(IN_ROW, self._house.limit)

    def _key(self, uid: int) -> Key:
        return self._place.folder, self._place.uidvalidity, uid
