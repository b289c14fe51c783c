"""Mail from an archive: stored as it was found, once, and nobody is told of it."""

import hashlib
from collections.abc import Callable, Iterable
from email import policy
from email.parser import BytesHeaderParser

from submissions.doorbell import ring
from submissions.intake.email.accept import Envelope, rows_for, store
from submissions.intake.email.addresses import Mailbox, find_mailbox, is_own, mailboxes
from submissions.intake.email.archives import Found
from submissions.intake.email.parsing.headers import Headers
from submissions.intake.email.parsing.tree import HEADER_BYTES
from submissions.intake.email.spool import contain
from submissions.models import Door, Noticed, RawMessage, Severity
from submissions.notifications.policy import IMPORTED

BATCH = 100
BATCH_BYTES = 16_000_000
"""A commit takes so many messages, or as many as come to so many bytes."""
FOR_TIPS = "addressed to the tips desk, whose mail is never kept in the open"

_NAMING = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
"""The fields that say for whom a message was, the surest first."""

Key = tuple[str, str]


def imported(message: RawMessage) -> tuple[Noticed, ...]:
    """Return the finding by which screening and the digest know that nobody is to be told of a message."""
    if message.door != Door.IMPORT:
        return ()
    text = "Imported from an archive: nobody was told of it, and nothing was answered."
    return (Noticed(rule=IMPORTED, severity=Severity.INFO, message=text),)


class Import:
    """One run over an archive, and what came of it. A run that ends early is taken up by the next one."""

    def __init__(self, *, to: Mailbox | None = None, dry_run: bool = False) -> None:
        self.to, self.dry_run = to, dry_run
        self.stored, self.known = 0, 0
        self.troubles: list[tuple[str, str]] = []
        """Place and reason of what was not imported."""
        self._waiting: dict[Key, tuple[Mailbox, bytes]] = {}
        self._waiting_bytes = 0
        self._counted: set[Key] = set()

    def run(self, archive: Iterable[Found], passed: Callable[[int], object] = lambda _: None) -> None:
        """Store what is not stored yet, a batch a commit, and ring intake once a batch; `passed` is told the bytes.

        Raises OSError or DatabaseError when disk or database cannot take it; what was committed before stays.
        """
        for found in archive:
            self._take(found)
            passed(found.passed)
        self._commit()

    def _take(self, found: Found) -> None:
        if found.raw is None:
            self.troubles.append((found.place, found.trouble))
            return
        mailbox = self.to or mailbox_of(found.raw)
        if mailbox is None:
            self.troubles.append((found.place, FOR_TIPS))
            return
        self._wait(mailbox, found.raw)

    def _wait(self, mailbox: Mailbox, raw: bytes) -> None:
        key = (hashlib.sha256(raw).hexdigest(), mailbox.address)
        if key in self._waiting:
            self.known += 1
            return
        self._waiting[key] = (mailbox, raw)
        self._waiting_bytes += len(raw)
        if len(self._waiting) >= BATCH or self._waiting_bytes >= BATCH_BYTES:
            self._commit()

    def _commit(self) -> None:
        waiting, self._waiting, self._waiting_bytes = self._waiting, {}, 0
        known = _stored(waiting) | (self._counted & waiting.keys())
        new = [waiting[key] for key in waiting if key not in known]
        if self.dry_run:
            self._counted |= waiting.keys()
        elif new:
            store(row for mailbox, raw in new for row in _rows(mailbox, raw))
            ring("intake")
        self.known += len(known)
        self.stored += len(new)


def mailbox_of(raw: bytes) -> Mailbox | None:
    """Return the mailbox of the address of ours that a message names as its recipient, else the first that takes mail.

    None where the address that it names is the tips desk's, or none of ours takes mail.
    """
    headers = Headers.of(BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:HEADER_BYTES]))
    for name in _NAMING:
        for _, address in headers.mailboxes(name):
            if is_own(address):
                return find_mailbox(address)
    return next((mailbox for mailbox in mailboxes().values() if mailbox), None)


def _stored(waiting: Iterable[Key]) -> set[Key]:
    """Return those that an earlier import has stored, also where their content was erased since."""
    asked = set(waiting)
    rows = RawMessage.objects.filter(door=Door.IMPORT, sha256__in={sha256 for sha256, _ in asked})
    return {(sha256, to or "") for sha256, to in rows.values_list("sha256", "envelope_to")} & asked


def _rows(mailbox: Mailbox, raw: bytes) -> list[RawMessage]:
    return rows_for(Envelope(door=Door.IMPORT, sender=None, mailboxes=(mailbox,)), contain(raw))
