"""The way into a mailbox and out of it: TLS, password or token."""

import imaplib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from submissions.intake.email.imap.account import Account, Security
from submissions.intake.email.imap.oauth import Tokens
from submissions.intake.email.imap.trouble import Declined, Disconnected, ImapTrouble, LoginRefused, speaking

SECONDS = 60.0
"""Of silence, until a server counts as gone."""
LONGEST_LINE = 20_000_000
"""A list of two million messages is one line."""
PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")
"""Response codes of a refusal that is not about the account (RFC 5530)."""

# The standard library gives up at a twentieth of that, and its name for it is its own.
imaplib._MAXLINE = LONGEST_LINE  # type: ignore[attr-defined]
# At level DEBUG the library logs what it reads and writes.
logging.getLogger("imapclient").setLevel(logging.CRITICAL)


@contextmanager
def logged_in(account: Account, tokens: Tokens | None) -> Iterator[IMAPClient]:
    """Log in for as long as it is entered. Raises LoginRefused, Disconnected or Declined."""
    client = _log_in(account, tokens)
    try:
        yield client
        with suppress(ImapTrouble), speaking():
            client.logout()
    finally:
        _close(client)


def _log_in(account: Account, tokens: Tokens | None) -> IMAPClient:
    try:
        return _try(account, tokens)
    except LoginRefused:
        if tokens is None:
            raise
        tokens.forget()  # it may have been withdrawn before its time
        return _try(account, tokens)


def _try(account: Account, tokens: Tokens | None) -> IMAPClient:
    token = tokens.access_token() if tokens else ""
    with speaking():
        client = IMAPClient(account.host, account.port, ssl=account.security is Security.TLS, timeout=SECONDS)
    try:
        with speaking():
            if account.security is Security.STARTTLS:
                client.starttls()
            _authenticate(client, account, token)
    except BaseException:
        _close(client)
        raise
    return client


def _authenticate(client: IMAPClient, account: Account, token: str) -> None:
    try:
        if token:
            client.sasl_login(*_mechanism(client, account.user, token))
        elif account.user.isascii() and account.password.isascii():
            client.login(account.user, account.password)
        else:
            client.plain_login(account.user, account.password)
    except LoginError as error:
        raise _meaning(error) from error


def _mechanism(client: IMAPClient, user: str, token: str) -> tuple[str, Callable[[bytes], bytes]]:
    """Return a SASL mechanism and its answers: the token, then what lets a server end in NO (RFC 7628, 3.2.3)."""
    if client.has_capability("AUTH=OAUTHBEARER") and not client.has_capability("AUTH=XOAUTH2"):
        name = user.replace("=", "=3D").replace(",", "=2C")
        return "OAUTHBEARER", _answers(f"n,a={name},\1auth=Bearer {token}\1\1", "\1")
    return "XOAUTH2", _answers(f"user={user}\1auth=Bearer {token}\1\1", "")


def _answers(first: str, then: str) -> Callable[[bytes], bytes]:
    waiting = [first.encode()]
    return lambda _challenge: waiting.pop() if waiting else then.encode()


def _meaning(error: LoginError) -> ImapTrouble:
    """Return what a failed login was: the library calls all of them the same."""
    if isinstance(error.__context__, imaplib.IMAP4.abort):
        return Disconnected("connection")
    if any(code in str(error).upper() for code in PASSING):
        return Declined("unavailable")
    return LoginRefused("login")


def _close(client: IMAPClient) -> None:
    with suppress(ImapTrouble), speaking():
        client.shutdown()
