"""The daemon that mail servers deliver to."""

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from submissions.intake.email.server import Server
from submissions.storage import forget_spools


class Command(BaseCommand):
    """Listens until SIGTERM or SIGINT, then answers the messages on their way and ends."""

    help = "Take mail over LMTP or SMTP. A message is answered with 250 once it is durable, and not before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--listen", default=settings.LMTP_LISTEN, help="HOST:PORT (default: LMTP_LISTEN)")
        parser.add_argument("--connections", type=int, default=100, help="At most so many at once")
        parser.add_argument("--idle", type=float, default=300, help="Close a connection silent for so many seconds")

    def handle(self, *, listen: str, connections: int, idle: float, **_options: Any) -> None:
        """Run the daemon. Raises CommandError when it cannot listen."""
        host, _, port = listen.rpartition(":")
        if not port.isdigit():
            raise CommandError(f"LMTP_LISTEN must be HOST:PORT, not {listen!r}.")
        forget_spools()
        server = Server(host.strip("[]") or "127.0.0.1", int(port), connections=connections, idle=idle)
        try:
            asyncio.run(self._serve(server))
        except OSError as error:
            raise CommandError(f"Cannot listen on {listen}: {error.strerror or error}.") from error

    async def _serve(self, server: Server) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with server:
            self.stdout.write(f"Mail is taken on {server.host}:{server.port} (LMTP and SMTP).")
            self.stdout.flush()
            await stop.wait()
        self.stdout.write("Mail is closed; nothing was left unanswered.")
