"""The run loop: connect, look, wait for news, and begin anew whatever happens."""

import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import Error, close_old_connections
from imapclient import IMAPClient

from submissions.intake.email.exits import Exit
from submissions.intake.email.imap import ledger
from submissions.intake.email.imap.login import logged_in
from submissions.intake.email.imap.oauth import Tokens
from submissions.intake.email.imap.poller import Look, Poller
from submissions.intake.email.imap.trouble import Declined, Disconnected, ImapTrouble, LoginRefused, speaking

logger = logging.getLogger(__name__)

POLL_SECONDS = 30.0
"""Between two looks where the server does not tell of new mail, or more folders than one and Junk are read."""
IDLE_SECONDS = 300.0
"""Between two looks where it does; a server may end an IDLE after 30 minutes (RFC 2177)."""
IDLE_ROUND = 30.0
"""An IDLE is renewed so often: news that came just before it began are told when it ends."""
IDLE_SLICE = 1.0
"""So soon the wish to end is seen."""
LONGEST_BACKOFF = 300.0
REFUSED_SECONDS = 300.0
ONCE_TRIES = 5
LOGIN_REFUSED = (
    "The mail server refuses the user name or the password of IMAP_URL (%s). Google and others want an app password;"
    " Microsoft 365 takes no password at all, only OAuth: set IMAP_TENANT, IMAP_CLIENT_ID and IMAP_CLIENT_SECRET."
)
OAUTH_REFUSED = (
    "No access to the mailbox by OAuth (%s). Check IMAP_CLIENT_ID, IMAP_CLIENT_SECRET, IMAP_REFRESH_TOKEN and the"
    " user in IMAP_URL; the consent, or the app's permission for IMAP and for this mailbox, may be missing or over."
)


class Watch:
    """A mailbox, watched until a signal asks to end."""

    def __init__(self, poller: Poller, tokens: Tokens | None) -> None:
        self.poller, self.tokens, self.stop = poller, tokens, poller.stop
        self._backoff = 0.0
        self._connected = False

    def run(self) -> None:
        """Watch until asked to end; never raises for what a server, a disk or a database does."""
        while not self.stop.asked:
            trouble = self._guarded(self._watch)
            if isinstance(trouble, LoginRefused):
                self.stop.wait(REFUSED_SECONDS)
            elif trouble is not None:
                self._backoff = min(max(self._backoff * 2, 1.0), LONGEST_BACKOFF)
                self.stop.wait(self._backoff * random.uniform(0.75, 1.25))  # noqa: S311 spreads load, hides nothing

    def once(self) -> Exit:
        """Look once. A connection that breaks on the way is made anew a few times: the next message may be fine."""
        for _ in range(ONCE_TRIES):
            self._connected = False
            trouble = self._guarded(self._look_once)
            if trouble is None:
                return Exit.OK
            if isinstance(trouble, LoginRefused):
                return Exit.NO_PERMISSION
            if not (self._connected and isinstance(trouble, Disconnected)):
                break
        return Exit.TRY_AGAIN

    def _watch(self) -> None:
        with logged_in(self.poller.account, self.tokens) as client:
            while not self.stop.asked:
                look = self.poller.look(client)
                self._note(look.trouble)
                self._backoff = 0.0
                if not look.busy:
                    self._rest(client, look)

    def _look_once(self) -> None:
        with logged_in(self.poller.account, self.tokens) as client:
            self._connected = True
            look = self.poller.look(client)
        self._note(look.trouble)
        if look.trouble:
            raise Declined(look.trouble)

    def _guarded(self, work: Callable[[], None]) -> Exception | None:
        """Do some work; return what stopped it, after telling the log and the account's row."""
        try:
            work()
        except (ImapTrouble, Error, OSError, MemoryError) as error:
            trouble = error
        else:
            return None
        code = code_of(trouble)
        if isinstance(trouble, LoginRefused):
            logger.error(OAUTH_REFUSED if self.tokens else LOGIN_REFUSED, code)
        else:
            logger.warning("the mailbox cannot be read now (%s)", code)
        with suppress(Error):
            self._note(code)
        return trouble

    def _note(self, code: str) -> None:
        close_old_connections()
        ledger.note(ledger.row_of(self.poller.account), code)

    def _rest(self, client: IMAPClient, look: Look) -> None:
        """Wait for new mail: told by the server where it can, else for a while."""
        try:
            with speaking():
                told = look.watched and client.has_capability("IDLE")
            if told:
                self._idle(client, POLL_SECONDS if look.others else IDLE_SECONDS)
                return
        except Declined:
            logger.info("the server does not tell of new mail")
        self.stop.wait(POLL_SECONDS)

    def _idle(self, client: IMAPClient, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stop.asked and time.monotonic() < until:
            if self._hears_of_mail(client):
                return

    def _hears_of_mail(self, client: IMAPClient) -> bool:
        """Listen for one round; return whether there is new mail. A dead connection shows when the round ends."""
        until = time.monotonic() + IDLE_ROUND
        said: list[Any] = []
        with speaking():
            client.idle()
            while not (said or self.stop.asked) and (began := time.monotonic()) < until:
                said = client.idle_check(timeout=IDLE_SLICE)
                if not said and time.monotonic() - began < IDLE_SLICE / 2:
                    break
            said += client.idle_done()[1]
        return any(b"EXISTS" in answer for answer in said)


def code_of(error: Exception) -> str:
    """Return what went wrong, in a word."""
    if isinstance(error, ImapTrouble):
        return error.code
    return "database" if isinstance(error, Error) else "disk"
