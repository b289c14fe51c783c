"""The way back from quarantine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.intake.email.quarantine import replay
from submissions.models import RawMessage


class Command(BaseCommand):
    """Puts quarantined messages back to waiting."""

    help = "Read quarantined messages anew, each with three attempts. Without arguments: list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="Numbers of messages")
        parser.add_argument("--all", action="store_true", help="All that are in quarantine")

    def handle(self, *, ids: list[int], **options: Any) -> None:
        """Replay, or list. Raises CommandError when one of the numbers is not in quarantine; then none is replayed."""
        waiting = RawMessage.objects.in_quarantine()
        if not ids and not options["all"]:
            for message in waiting.order_by("pk").defer("content"):
                self.stdout.write(f"{message.pk}  {message.received_at:%Y-%m-%d %H:%M}  {message.reason}")
            return
        chosen = waiting if options["all"] else waiting.filter(pk__in=ids)
        missing = set(ids) - set(chosen.values_list("pk", flat=True))
        if missing:
            raise CommandError(f"Not in quarantine: {', '.join(map(str, sorted(missing)))}.")
        self.stdout.write(f"{replay(chosen)} message(s) will be read anew.")
