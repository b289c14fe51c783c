"""How a mail leaves: as a file for the demo, or over SMTP. Both honour a null envelope sender."""

import os
import re
import smtplib
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend


def as_bytes(mail: EmailMessage) -> bytes:
    """Return a mail as it goes over the wire."""
    return mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]


class FileBackend(BaseEmailBackend):
    """Writes each mail as one `.eml` under OUTBOX_DIR, whole or not at all, readable by its owner only.

    The file is named by the Message-ID, so a mail that is sent again takes its own place. Its envelope stands on top.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails and return how many. Raises OSError when the disk cannot take one."""
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for mail in email_messages:
            self._write(folder, mail)
        return len(email_messages)

    def _write(self, folder: Path, mail: EmailMessage) -> None:
        envelope = f"X-Envelope-From: <{mail.from_email}>\r\nX-Envelope-To: <{', '.join(mail.recipients())}>\r\n"
        own = re.sub(r"[^\w.-]", "", mail.extra_headers.get("Message-ID", "").partition("@")[0]) or str(uuid.uuid4())
        handle, spool = tempfile.mkstemp(dir=folder, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(envelope.encode() + as_bytes(mail))
                file.flush()
                os.fsync(file.fileno())
            Path(spool).replace(folder / f"{own}.eml")
        except BaseException:
            Path(spool).unlink(missing_ok=True)
            raise


class _Deadline:
    """Mixed into smtplib's clients: one time limit for a whole message, however slowly the server talks."""

    sock: Any
    deadline: float | None = None

    def _hurry(self) -> None:
        if self.deadline is None or self.sock is None:
            return
        left = self.deadline - time.monotonic()
        if left <= 0:
            self.close()  # type: ignore[attr-defined]
            raise smtplib.SMTPServerDisconnected("the mail server took too long")
        self.sock.settimeout(left)

    def send(self, s: Any) -> None:
        """Send, if time is left."""
        self._hurry()
        super().send(s)  # type: ignore[misc]

    def getreply(self) -> tuple[int, bytes]:
        """Wait for a reply as long as time is left."""
        self._hurry()
        reply: tuple[int, bytes] = super().getreply()  # type: ignore[misc]
        return reply


class _Plain(_Deadline, smtplib.SMTP):
    """SMTP, with or without STARTTLS."""


class _Tls(_Deadline, smtplib.SMTP_SSL):
    """SMTP over TLS from the first byte."""


class SmtpBackend(EmailBackend):
    """Django's SMTP, with a null envelope sender where `from_email` is empty, and EMAIL_TIMEOUT for a whole message.

    The lease on a message outlives that timeout, so nobody else sends it meanwhile.
    """

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client."""
        return _Tls if self.use_ssl else _Plain

    def _send(self, email_message: EmailMessage) -> bool:
        client: Any = self.connection
        client.deadline = time.monotonic() + self.timeout if self.timeout else None
        if email_message.from_email:
            sent: bool = super()._send(email_message)  # type: ignore[misc]
            return sent
        client.sendmail("", email_message.recipients(), as_bytes(email_message))
        return True
