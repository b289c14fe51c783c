"""The process that reads a hosted mailbox."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from submissions.intake.email.exits import Exit
from submissions.intake.email.imap.account import account, folders, moves
from submissions.intake.email.imap.oauth import Tokens, grant
from submissions.intake.email.imap.poller import Poller
from submissions.intake.email.imap.stop import Stop
from submissions.intake.email.imap.watch import Watch
from submissions.storage import forget_spools

WORDS = {
    Exit.TRY_AGAIN: "Not everything could be read just now: try again.",
    Exit.NO_PERMISSION: "The mail server does not let us in.",
}


class Command(BaseCommand):
    """Reads until SIGTERM or SIGINT, then finishes its batch, logs out and ends."""

    help = "Fetch mail from the mailbox of IMAP_URL. A message is moved once it is durable here, and not before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--once",
            action="store_true",
            help="Look once and end: exit code 0, 75 when it should be tried again, 77 when the login is refused",
        )

    def handle(self, *, once: bool, **_options: Any) -> None:
        """Read the mailbox. Raises CommandError with an exit code of sysexits.h."""
        watch = self._watch()
        forget_spools()
        if not once:
            self.stdout.write(f"Mail is fetched from {watch.poller.account.host}.")
            self.stdout.flush()
            watch.stop.listen()
            watch.run()
            self.stdout.write("Mail is no longer fetched; nothing was left half done.")
            return
        code = watch.once()
        if code != Exit.OK:
            raise CommandError(WORDS[code], returncode=code)

    def _watch(self) -> Watch:
        if not settings.IMAP_URL:
            raise CommandError("Set IMAP_URL to the mailbox: imaps://user:password@host.", returncode=Exit.CONFIG)
        try:
            of = grant()
            poller = Poller(account=account(), folders=folders(), moves=moves(), stop=Stop())
        except ImproperlyConfigured as error:
            raise CommandError(str(error), returncode=Exit.CONFIG) from error
        return Watch(poller, Tokens(of) if of else None)
