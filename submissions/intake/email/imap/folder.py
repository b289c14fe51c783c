"""One opened folder: what lies in it, the bytes of it, and the way out of it. Flags are never touched."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from imapclient import DELETED, IMAPClient

from submissions.intake.email.imap.trouble import Declined, speaking

PIECE = 1_000_000
"""Bytes of a large message that are asked for at a time."""
AT_ONCE = 500
"""Messages in one command, at most."""


class OpenFolder:
    """A folder, selected. Opening it raises Declined or Disconnected, and so does whatever is asked of it."""

    def __init__(self, client: IMAPClient, name: str, *, readonly: bool) -> None:
        self._client, self.name = client, name
        with speaking():
            self.uidvalidity = int(client.select_folder(name, readonly=readonly)[b"UIDVALIDITY"])

    def uids(self, above: int) -> list[int]:
        """Return the UIDs above one, ascending: of all messages, whatever flags others have set."""
        with speaking():
            # The server always names the last message, however low its UID (RFC 9051, 6.4.4).
            return sorted({uid for uid in self._client.search(["UID", f"{above + 1}:*"]) if uid > above})

    def before(self, day: date) -> frozenset[int]:
        """Return the UIDs of messages that came to the mailbox before a day, as the server dates them."""
        with speaking():
            return frozenset(self._client.search(["BEFORE", day]))

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the sizes in bytes of those that are still there, as the server has them: some only estimate."""
        found: dict[int, int] = {}
        for some in chunks(uids):
            with speaking():
                answers = self._client.fetch(some, ["RFC822.SIZE"])
                found |= {uid: int(answer[b"RFC822.SIZE"]) for uid, answer in answers.items()}
        return found

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes | None]:
        """Return the bytes of those messages that are still there, None for one that the server does not deliver."""
        with speaking():
            answers = self._client.fetch(uids, ["BODY.PEEK[]"])
        return {uid: _body(answer) for uid, answer in answers.items()}

    def pieces(self, uid: int) -> Iterator[bytes]:
        """Yield the bytes of a large message piece by piece, to their end. Raises Declined when a piece is missing."""
        offset, piece = 0, None
        while piece is None or len(piece) == PIECE:
            with speaking():
                answers = self._client.fetch([uid], [f"BODY.PEEK[]<{offset}.{PIECE}>"])
            piece = _body(answers.get(uid, {}))
            if piece is None:
                raise Declined("missing")
            offset += len(piece)
            yield piece

    def move(self, uids: Sequence[int], to: str) -> None:
        """Move messages away (RFC 6851, or RFC 4315 where that is not known); those that are gone do not matter."""
        for some in chunks(uids):
            with speaking():
                if self._client.has_capability("MOVE"):
                    self._client.move(some, to)
                else:
                    self._client.copy(some, to)
                    self._client.add_flags(some, [DELETED], silent=True)
                    self._client.uid_expunge(some)


def can_move(client: IMAPClient) -> bool:
    """Whether messages can be moved, and nothing else expunged that somebody has marked as deleted."""
    with speaking():
        return bool(client.has_capability("MOVE") or client.has_capability("UIDPLUS"))


def chunks(uids: Sequence[int]) -> Iterable[Sequence[int]]:
    """Return the UIDs in lots that one command can take."""
    return (uids[start : start + AT_ONCE] for start in range(0, len(uids), AT_ONCE))


def _body(answer: dict[bytes, Any]) -> bytes | None:
    """Return what was asked of BODY[], under whichever name the server gives it; None for NIL."""
    for name, value in answer.items():
        if name.startswith(b"BODY[]") and isinstance(value, bytes):
            return value
    return None
