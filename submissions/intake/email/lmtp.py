"""One connection: LMTP (RFC 2033) and SMTP (RFC 5321), which differ in the greeting and in the replies to DATA."""

import asyncio
import logging
import re
from collections import defaultdict
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as SmtpEnvelope

from submissions.intake.email.accept import Envelope, rows_for
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.email.committer import Committer, is_full_or_down
from submissions.intake.email.spool import Spool
from submissions.models import Door

logger = logging.getLogger(__name__)

PIECE = 65_536
COMMAND_LENGTH = 4096
MOST_RECIPIENTS = 1000
END = b"\r\n.\r\n"

UNKNOWN = "550 5.1.1 No such address here"
TOO_MANY = "452 4.5.3 Too many recipients"
TOO_LARGE = "552 5.3.4 Message larger than this newsroom takes"
NO_ROOM = "452 4.3.1 No room for the message just now, please send it again"
TROUBLE = "451 4.3.0 Trouble on our side, please send it again"

_PATH = re.compile(r'\s*<(?:@[^:>]*:)?((?:"(?:\\.|[^"\\])*"|[^">])*)>(.*)|\s*([^\s<>]+)(.*)', re.DOTALL)
_BARE_REPLY = re.compile(r"([245])(\d\d) (?!\d\.\d)")
_STATUS = {"503": "5.5.1", "500": "5.5.2", "501": "5.5.4", "502": "5.5.1", "552": "5.3.4", "555": "5.5.4"}


class MailProtocol(SMTP):
    """aiosmtpd's state machine with our greeting, our addresses and our way of taking a message."""

    line_length_limit = PIECE  # of the reader's buffer; lines of a message may be of any length
    command_size_limits = defaultdict(lambda: COMMAND_LENGTH)

    def __init__(self, committer: Committer, *, size_limit: int, idle: float) -> None:
        super().__init__(self, data_size_limit=size_limit, enable_SMTPUTF8=True, hostname="mailbag", timeout=idle)
        self.committer = committer
        self.lmtp = False
        self.taking = False
        """Whether a message is on its way: then a stop waits for its answer."""
        self.last = False
        """Whether to close once the message on its way is answered."""

    async def handle_exception(self, error: Exception) -> str:
        """Answer any inner error so that the message comes again."""
        logger.error("inner error in a mail session: %s", type(error).__name__)
        return TROUBLE

    async def push(self, status: str | bytes) -> None:
        """Send a reply, with an enhanced status code (RFC 2034) where the base class gave none."""
        text = status.decode() if isinstance(status, bytes) else status
        bare = _BARE_REPLY.match(text)
        if bare:
            text = f"{text[:4]}{_STATUS.get(text[:3], bare[1] + '.0.0')} {text[4:]}"
        await super().push(text)

    async def smtp_LHLO(self, hostname: str) -> None:  # noqa: N802 the protocol's own spelling
        """Greet an LMTP client: it gets a reply for each recipient."""
        await self.smtp_EHLO(hostname)
        self.lmtp = True

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        """Greet an SMTP client and say what we can do."""
        if not hostname:
            await self.push("501 Syntax: EHLO hostname")
            return
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        self.lmtp = False
        session = cast("Session", self.session)
        session.extended_smtp, session.host_name = True, hostname
        able = ["PIPELINING", f"SIZE {self.data_size_limit}", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        await super().push("\r\n".join([f"250-{self.hostname}", *(f"250-{word}" for word in able), "250 HELP"]))

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802
        """Greet a plain SMTP client."""
        self.lmtp = False
        await super().smtp_HELO(hostname)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a recipient that we know."""
        if find_mailbox(address) is None:
            return UNKNOWN
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        """Take a message, and answer once it is durable: once in SMTP, for each recipient in LMTP."""
        if await self.check_helo_needed():
            return
        recipients = cast("SmtpEnvelope", self.envelope).rcpt_tos
        if not recipients:
            await self.push("503 5.5.1 No valid recipients")
            return
        if arg:
            await self.push("501 Syntax: DATA")
            return
        await self.push("354 End with <CR><LF>.<CR><LF>")
        self.taking = True
        try:
            reply = await self._take()
        finally:
            self.taking = False
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await super().push("\r\n".join([reply] * (len(recipients) if self.lmtp else 1)))
        if self.last:
            self._writer.close()

    async def _take(self) -> str:
        """Read and store a message; return the reply."""
        spool = Spool()
        try:
            with self.committer.expecting():
                refused = await self._read_into(spool)
            return refused or await self._store(spool)
        except Exception as error:
            if is_full_or_down(error):
                logger.warning("a message could not be stored: %s", type(error).__name__)
                return NO_ROOM
            return await self.handle_exception(error)
        finally:
            spool.discard()

    async def _store(self, spool: Spool) -> str:
        contents = await asyncio.to_thread(spool.finish)
        said = cast("SmtpEnvelope", self.envelope)
        sender = "" if said.mail_from == "<>" else said.mail_from
        found = (find_mailbox(address) for address in said.rcpt_tos)
        envelope = Envelope(door=Door.LMTP, sender=sender, mailboxes=tuple(mailbox for mailbox in found if mailbox))
        await self.committer.store(rows_for(envelope, contents))
        return "250 2.0.0 Safe"

    async def _read_into(self, spool: Spool) -> str:
        """Read up to the lone dot, undoing dot-stuffing (RFC 5321 4.5.2); return "" or why the message is refused.

        A message that is refused is still read to its end: the reply belongs after it.
        """
        refused, before = "", b"\r\n"
        while True:
            piece = await self._piece()
            self._reset_timeout()
            whole = before + piece
            ended = whole.endswith(END)
            if not refused:
                refused = self._keep(spool, before, piece[:-3] if ended else piece)
            if ended:
                return refused
            before = whole[-2:]

    async def _piece(self) -> bytes:
        """Return the next bytes of the message: up to a dot that may be the last, or a buffer full."""
        try:
            return await self._reader.readuntil(END[2:])
        except asyncio.LimitOverrunError as overrun:
            return await self._reader.read(overrun.consumed)

    def _keep(self, spool: Spool, before: bytes, piece: bytes) -> str:
        if before == b"\r\n" and piece.startswith(b"."):
            piece = piece[1:]
        elif before.endswith(b"\r") and piece.startswith(b"\n."):
            piece = b"\n" + piece[2:]
        if self.data_size_limit and spool.size + len(piece) > self.data_size_limit:
            spool.discard()
            return TOO_LARGE
        try:
            spool.write(piece.replace(b"\r\n.", b"\r\n"))
        except OSError as error:
            logger.warning("no room for a message: %s", type(error).__name__)
            spool.discard()
            return NO_ROOM
        return ""

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Return the address of a MAIL or RCPT command and its parameters; "<>" is the null sender."""
        found = _PATH.fullmatch(arg or "")
        if not found:
            return None, None
        if found[3]:
            return found[3], found[4].strip()
        return found[1].strip() or "<>", found[2].strip()
