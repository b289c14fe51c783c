"""The door for mail that is there already."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from submissions.cleaning import one_line
from submissions.intake.email.addresses import Mailbox, find_mailbox, mailboxes
from submissions.intake.email.archives import NotAnArchive, messages_of, size_of
from submissions.intake.email.exits import Exit
from submissions.intake.email.importing import Import
from submissions.intake.email.limits import message_limit

SOME_LEFT, INTERRUPTED = 1, 130


class Command(BaseCommand):
    """Imports an archive; may be run any number of times, also after it was interrupted: nothing comes in twice."""

    help = (
        "Import mail from an mbox, a Maildir, or a folder of .eml files (with its subfolders). Nobody is written to "
        "because of it. Run it again after an interruption: what is stored already is passed over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument(
            "--to",
            metavar="ADDRESS",
            help="Our address that it all came to (default: the one that each message names, else our first)",
        )
        parser.add_argument("--dry-run", action="store_true", help="Only count")
        parser.add_argument("--quiet", action="store_true", help="Say only what was not imported")

    def handle(self, *, path: Path, to: str | None, quiet: bool, **options: Any) -> None:
        """Import, and tell what came of it.

        Raises CommandError with exit code 1 where some messages were not imported, 75 where disk or database cannot
        take any just now, 130 after Ctrl-C.
        """
        run = Import(to=_mailbox(to), dry_run=options["dry_run"])
        try:
            total = size_of(path)
            with _progress(quiet=quiet) as progress:
                task = progress.add_task("Importing", total=total)
                run.run(messages_of(path, message_limit()), lambda size: progress.advance(task, size))
        except NotAnArchive as error:
            raise CommandError("That is neither an mbox, nor a folder, nor an .eml file.") from error
        except FileNotFoundError as error:
            raise CommandError("There is no such file or folder.") from error
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. Run it again to go on.", returncode=INTERRUPTED) from error
        except (Error, OSError) as error:
            words = f"It cannot go on just now ({type(error).__name__}). Run it again later: it goes on from here."
            raise CommandError(words, returncode=Exit.TRY_AGAIN) from error
        self._tell(run, quiet=quiet)

    def _tell(self, run: Import, *, quiet: bool) -> None:
        if not quiet:
            done = "would be imported" if run.dry_run else "imported"
            self.stdout.write(f"{run.stored} message(s) {done}, {run.known} known already.")
        for place, trouble in run.troubles:
            self.stderr.write(f"{one_line(place)}: {trouble}")
        if run.troubles:
            raise CommandError(f"{len(run.troubles)} message(s) could not be imported.", returncode=SOME_LEFT)


def _mailbox(address: str | None) -> Mailbox | None:
    if address is None:
        if not any(mailboxes().values()):
            raise CommandError("None of INTAKE_ADDRESSES takes mail here.")
        return None
    mailbox = find_mailbox(address)
    if mailbox is None:
        raise CommandError("--to must be one of INTAKE_ADDRESSES, and not the tips desk's.")
    return mailbox


def _progress(*, quiet: bool) -> Progress:
    """Return the bar, which shows itself on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)
