"""What can go wrong with a mail server. No error here quotes it: it may repeat what a stranger wrote, or a secret."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imapclient.exceptions import ProtocolError

_NONSENSE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
"""What the library raises over answers that break the grammar, and over lengths that nobody could hold."""


class ImapTrouble(Exception):
    """Something went wrong; `code` says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Disconnected(ImapTrouble):
    """The connection is gone, or what it says makes no sense: only a new one helps."""


class Declined(ImapTrouble):
    """The server said NO or BAD to a command; the connection can still be used."""


class LoginRefused(ImapTrouble):
    """The server, or the one that gives out tokens, does not let this account in: a person has to do something."""


@contextmanager
def speaking() -> Iterator[None]:
    """Turn whatever the library raises over a server's answers into Disconnected or Declined.

    Only calls of the library belong inside: it trusts the server to keep to the grammar.
    """
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Disconnected("certificate") from error
    except (imaplib.IMAP4.abort, OSError) as error:
        raise Disconnected("connection") from error
    except (ProtocolError, *_NONSENSE) as error:
        raise Disconnected("protocol") from error
    except imaplib.IMAP4.error as error:
        raise Declined("declined") from error
