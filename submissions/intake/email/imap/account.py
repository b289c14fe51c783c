"""Whose mailbox is read, where, and which of its folders: IMAP_URL and IMAP_FOLDERS."""

import hashlib
import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

JUNK = "=junk"
MODES = ("move", "leave")


class Security(StrEnum):
    """How the connection is kept from being read on its way; the URL's scheme."""

    TLS = "imaps"
    STARTTLS = "imap+starttls"
    NONE = "imap"


@dataclass(frozen=True, kw_only=True)
class Account:
    """A mailbox and the way in. The password is "" where a token is used."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)

    @property
    def key(self) -> str:
        """Return 16 hex digits that stand for host and user, whatever the port and the password are."""
        return hashlib.sha256(f"{self.user}@{self.host}".lower().encode()).hexdigest()[:16]

    @property
    def label(self) -> str:
        """Return what a person calls the account."""
        return f"{self.user} at {self.host}"


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder that is read; what lies in a junk folder goes to the Spam queue."""

    name: str
    junk: bool = False


def account() -> Account:
    """Return the account of IMAP_URL. Raises ImproperlyConfigured, which never shows the URL: it holds a password."""
    try:
        parts = urlsplit(settings.IMAP_URL)
        security, port = Security(parts.scheme), parts.port
    except ValueError:
        raise ImproperlyConfigured(
            "IMAP_URL must be imaps://user:password@host[:993], or imap+starttls:// with port 143;"
            " in user and password, percent-encode what is not a letter or a digit (@ is %40)."
        ) from None
    if not (parts.hostname and parts.username):
        raise ImproperlyConfigured("IMAP_URL must name a user and a host: imaps://user:password@host.")
    if security is Security.NONE and not _may_be_plain(parts):
        raise ImproperlyConfigured(
            "IMAP_URL: imap:// sends the password unencrypted. Use imaps:// or imap+starttls://;"
            " IMAP_ALLOW_PLAINTEXT=true allows it all the same."
        )
    return Account(
        host=parts.hostname,
        port=port or (993 if security is Security.TLS else 143),
        security=security,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
    )


def folders() -> list[Folder]:
    """Return the folders of IMAP_FOLDERS, as FOLDER or FOLDER=junk. Raises ImproperlyConfigured if there is none."""
    found = []
    for entry in settings.IMAP_FOLDERS:
        name = entry.strip()
        found.append(Folder(name=name.removesuffix(JUNK), junk=name.endswith(JUNK)))
    if not found or not all(folder.name for folder in found):
        raise ImproperlyConfigured("IMAP_FOLDERS must be a list such as INBOX,Junk=junk.")
    return found


def moves() -> bool:
    """Whether what was taken is moved away (IMAP_MODE). Raises ImproperlyConfigured for a mode that there is not."""
    if settings.IMAP_MODE not in MODES:
        raise ImproperlyConfigured(f"IMAP_MODE must be one of {', '.join(MODES)}.")
    return bool(settings.IMAP_MODE == "move")


def _may_be_plain(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    return loopback or bool(settings.IMAP_ALLOW_PLAINTEXT)
