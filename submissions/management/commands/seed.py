"""`manage.py seed`: the house's own data and, unless told otherwise, the demo."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone

from submissions.seeding.accounts import load_accounts
from submissions.seeding.house import load_house
from submissions.seeding.mails import deliver, read_deliveries
from submissions.seeding.pieces import read_pieces
from submissions.seeding.play import in_silence, play


class Command(BaseCommand):
    """Loads what is missing; may be run at any time, any number of times, also while the workers run."""

    help = "Load the newspaper's data and the demo from seeds/. What is there already is never changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the demo be left out."""
        parser.add_argument("--no-demo", action="store_true", help="only the newspaper's own data")

    def handle(self, *_args: Any, no_demo: bool, **_options: Any) -> None:
        """Load it and tell what is new."""
        load_house()
        if no_demo:
            return
        now = timezone.localtime()
        made = load_accounts(now)
        with in_silence():
            pieces = play(read_pieces(), now)
            mails = deliver(read_deliveries(), now)
        if pieces or mails:
            self.stdout.write(f"Loaded {pieces} demo letters and opinion pieces, and {mails} mails.")
        if made:
            self.stdout.write(self._accounts(made))

    def _accounts(self, made: list[tuple[User, str]]) -> str:
        """Return the table of new accounts, the only time that their passwords are to be seen."""
        lines = [
            "",
            f"    The desk: {settings.SITE_URL}{reverse('admin:index')}",
            "    These accounts are new. Their passwords are shown this once and stored nowhere:",
            "",
            f"    {'name':<10} {'password':<21} {'group':<16}",
        ]
        for user, password in made:
            group = ", ".join(group.name for group in user.groups.all())
            lines.append(f"    {user.username:<10} {password:<21} {group}")
        return "\n".join([*lines, "    Lost one? manage.py changepassword NAME", ""])
