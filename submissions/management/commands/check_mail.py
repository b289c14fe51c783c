"""Mail health on the command line."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.intake.email.health.dns_records import records_of
from submissions.intake.email.health.facts import mail_facts
from submissions.intake.email.health.probe import NoAddress, send_probe
from submissions.intake.email.health.telling import Line, lines
from submissions.models import MailProbe, Paper
from submissions.notifications.addresses import domain_of

SIGNS = {"good": "ok  ", "info": "    ", "warn": "look", "stop": "BAD "}


class Command(BaseCommand):
    """Tells how mail is."""

    help = "Tell how mail comes in and leaves: doors, mailboxes, quarantine, outbox, the last mail check, DNS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--probe", action="store_true", help="Send a mail to ourselves first, and wait for it")
        parser.add_argument("--wait", type=float, default=120, metavar="SECONDS", help="for so long (default: 120)")
        parser.add_argument("--no-dns", action="store_true", help="Do not look into the DNS")

    def handle(self, *, probe: bool, wait: float, no_dns: bool, **_options: Any) -> None:
        """Print it. Raises CommandError (exit code 1) where something is bad."""
        if probe:
            self._probe(wait)
        facts = mail_facts()
        if facts.empty:
            self.stdout.write(f"No mail has come yet. Send yourself a letter: {', '.join(facts.addresses)}.")
        told = lines(facts, [] if no_dns else records_of(domain_of(Paper.current())))
        for line in told:
            self.stdout.write(f"{SIGNS[line.state]}  {line.what}: {line.told}")
        self._judge(told)

    def _judge(self, told: list[Line]) -> None:
        bad = [line.what for line in told if line.state == "stop"]
        if bad:
            raise CommandError(f"Look at: {', '.join(bad)}.")

    def _probe(self, wait: float) -> None:
        try:
            probe = send_probe()
        except NoAddress as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"A mail is on its way to {probe.to} ...")
        give_up_at = time.monotonic() + wait
        while time.monotonic() < give_up_at:
            if MailProbe.objects.filter(pk=probe.pk, returned_at__isnull=False).exists():
                return
            time.sleep(1)
