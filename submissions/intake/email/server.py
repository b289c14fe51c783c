"""The LMTP and SMTP daemon: a bound on connections, a size limit that follows policy, and an orderly end."""

import asyncio
import contextlib
import logging
from types import TracebackType
from typing import Self, cast

from django.db import Error

from submissions.intake.email.committer import Committer
from submissions.intake.email.limits import DEFAULT_MESSAGE_BYTES, message_limit
from submissions.intake.email.lmtp import MailProtocol

logger = logging.getLogger(__name__)

BUSY = b"421 4.3.2 Too many connections, please come again\r\n"
BYE = b"421 4.3.2 Closing down, please come again\r\n"
POLICY_SECONDS = 60.0


class Server:
    """Listens while it is entered; leaving it answers the messages on their way, then closes."""

    def __init__(
        self, host: str, port: int, *, connections: int = 100, idle: float = 300, patience: float = 20
    ) -> None:
        self.host, self.port = host, port
        self.connections, self.idle, self.patience = connections, idle, patience
        self.size_limit = DEFAULT_MESSAGE_BYTES
        self.open: set[Connection] = set()
        self.committer = Committer()

    async def __aenter__(self) -> Self:
        """Start to listen. Raises OSError when the port is taken."""
        # aiosmtpd logs command lines, which hold what strangers typed.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: Connection(self), self.host, self.port, start_serving=False)
        await self._ask_policy()
        await self._listener.start_serving()
        self.port = self._listener.sockets[0].getsockname()[1]
        self._tasks = [loop.create_task(self.committer.run()), loop.create_task(self._follow_policy())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take no more connections; let messages on their way be answered, for `patience` seconds at most."""
        self._listener.close()
        for connection in list(self.open):
            connection.wind_up()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                while self.open:
                    await asyncio.sleep(0.02)
        for connection in list(self.open):
            connection.abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(self.committer.thread, _close_connection)
        self.committer.thread.shutdown()

    async def _ask_policy(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            self.size_limit = await loop.run_in_executor(self.committer.thread, message_limit)
        except Error as error:
            logger.warning("the policy's size limit cannot be read now: %s", type(error).__name__)

    async def _follow_policy(self) -> None:
        while True:
            await asyncio.sleep(POLICY_SECONDS)
            await self._ask_policy()


class Connection(MailProtocol):
    """A connection that its server knows of."""

    def __init__(self, server: Server) -> None:
        super().__init__(server.committer, size_limit=server.size_limit, idle=server.idle)
        self.server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be counted; one too many is told to come again."""
        super().connection_made(transport)
        self.server.open.add(self)
        if len(self.server.open) > self.server.connections:
            self._say_and_close(BUSY)

    def connection_lost(self, error: Exception | None) -> None:
        """Be counted out."""
        self.server.open.discard(self)
        super().connection_lost(error)

    def wind_up(self) -> None:
        """Close now, or as soon as the message on its way is answered."""
        if self.taking:
            self.last = True
        else:
            self._say_and_close(BYE)

    def abort(self) -> None:
        """Close now; a message on its way stays with its sender."""
        cast("asyncio.Transport", self.transport).abort()

    def _say_and_close(self, words: bytes) -> None:
        self._writer.write(words)
        self._writer.close()


def _close_connection() -> None:
    from django.db import connection

    connection.close()
