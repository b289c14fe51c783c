"""One look into all folders of a mailbox, over a connection that is open."""

import logging
from dataclasses import dataclass, field

from django.db import close_old_connections
from imapclient import IMAPClient

from submissions.intake.email.imap import ledger
from submissions.intake.email.imap.account import Account, Folder
from submissions.intake.email.imap.blame import Blame
from submissions.intake.email.imap.fetching import Fetching, House
from submissions.intake.email.imap.folder import OpenFolder, can_move
from submissions.intake.email.imap.ledger import Place
from submissions.intake.email.imap.places import Places
from submissions.intake.email.imap.stop import Stop
from submissions.intake.email.imap.taking import Taking
from submissions.intake.email.imap.trouble import Declined
from submissions.intake.email.limits import message_limit
from submissions.models import ImapAccount

logger = logging.getLogger(__name__)


@dataclass
class Look:
    """What a look into all folders came to; `trouble` is a code, "" when all went well.

    `watched`: the first folder is open. `others`: there are more, besides Junk, where mail may come.
    """

    accepted: int = 0
    other: int = 0
    trouble: str = ""
    watched: bool = False
    others: bool = False

    @property
    def busy(self) -> bool:
        """Whether anything was taken: then more may have come meanwhile."""
        return bool(self.accepted or self.other)


@dataclass
class Poller:
    """What is remembered from one connection to the next. It outlives connections, not the process."""

    account: Account
    folders: list[Folder]
    moves: bool
    stop: Stop
    blame: Blame = field(default_factory=Blame)
    _settled: dict[Place, int] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def look(self, client: IMAPClient) -> Look:
        """Take what is new in every folder, the first folder last: it stays open to be watched.

        Raises Disconnected, DatabaseError, or OSError when the disk is full.
        """
        close_old_connections()
        places = Places(client)
        found, missing = places.find(self.folders)
        look = Look(others=sum(not folder.junk for folder in found) > 1)
        for name in (folder.name for folder in missing if not folder.junk):
            look.trouble = "folder"
            self._tell_once(f"There is no folder {name!r} in the mailbox: see IMAP_FOLDERS.")
        row, house = ledger.row_of(self.account), self._house(client, places)
        for folder in reversed(found):
            look.watched = not self.stop.asked and self._look_into(client, folder, row, house, look)
        return look

    def _look_into(self, client: IMAPClient, folder: Folder, row: ImapAccount, house: House, look: Look) -> bool:
        """Take what is new in one folder; return whether it is open."""
        try:
            opened = OpenFolder(client, folder.name, readonly=house.destination is None)
            place = Place(account=row, folder=folder.name, uidvalidity=opened.uidvalidity)
            fetching = Fetching(opened, place, house, self.blame, junk=folder.junk)
            tally = Taking(opened, place, house, fetching).run(self._settled.get(place, 0))
        except Declined:
            look.trouble = "folder"
            self._tell_once(f"The server does not let us read the folder {folder.name!r}.")
            return False
        self._settled[place] = tally.settled
        look.accepted += tally.accepted
        look.other += tally.other
        look.trouble = tally.trouble or look.trouble
        return True

    def _house(self, client: IMAPClient, places: Places) -> House:
        moves = self.moves
        if moves and not can_move(client):
            self._tell_once("The server knows neither MOVE nor UIDPLUS: messages stay where they are.")
            moves = False
        return House(
            login=self.account.user,
            limit=message_limit(),
            destination=places.destination if moves else None,
            stopping=lambda: self.stop.asked,
        )

    def _tell_once(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            logger.warning(words)
