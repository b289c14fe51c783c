"""The door for mail servers that deliver to a command."""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.intake.email.exits import Exit
from submissions.intake.email.pipe import take

RECIPIENT_VARIABLES = ("ORIGINAL_RECIPIENT", "RECIPIENT")
WORDS = {
    Exit.USAGE: "No recipient: give --recipient, or set ORIGINAL_RECIPIENT.",
    Exit.DATA: "No message on standard input, or one larger than the house policy allows.",
    Exit.NO_USER: "No such address here.",
    Exit.TRY_AGAIN: "Disk or database cannot take the message just now.",
}


class Command(BaseCommand):
    """Takes one message."""

    requires_system_checks: list[str] = []
    help = """Take one message from standard input.

Exit codes (sysexits.h):
  0   the message is safe on disk, one row a mailbox
  64  no recipient was named
  65  standard input was empty, or the message is larger than the house policy allows
  67  a recipient is unknown here (nothing was stored)
  75  disk or database cannot take it just now: try again"""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the lines of the help as they are."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "-r",
            "--recipient",
            action="append",
            metavar="ADDRESS",
            help="Envelope recipient, as often as needed (default: ORIGINAL_RECIPIENT, else RECIPIENT)",
        )
        parser.add_argument(
            "-f",
            "--sender",
            metavar="ADDRESS",
            help='Envelope sender, "" for the null sender (default: SENDER)',
        )

    def handle(self, *, recipient: list[str] | None, sender: str | None, **_options: Any) -> None:
        """Store the message; raises CommandError with the exit code where that cannot be done."""
        named = [os.environ[name] for name in RECIPIENT_VARIABLES if os.environ.get(name)]
        given = os.environ.get("SENDER") if sender is None else sender
        code = take(sys.stdin.buffer, recipient or named[:1], None if given is None else given.strip("<> "))
        if code != Exit.OK:
            raise CommandError(WORDS[code], returncode=code)
