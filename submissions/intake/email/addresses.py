"""Which addresses take mail, and what comes to each: settings.INTAKE_ADDRESSES, as ADDRESS or ADDRESS=KIND."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from submissions.models import Kind

TIP = "tip"
EXTENSION_LENGTH = 200
_KINDS = {kind.value for kind in Kind} | {TIP}


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """One address of ours that takes mail, and what comes to it."""

    address: str
    kind: Kind
    extension: str = ""
    """What stood after the plus where mail was addressed to it."""


def mailboxes() -> dict[str, Mailbox | None]:
    """Return the addresses of the settings by their lower-case form; None for tips, whose wing is another door.

    Without a kind of its own, `letters@` takes letters, `opinion@` opinion pieces, an address that begins with `tip`
    tips; any other address, and the only one there is, serves all: what comes there is unsorted. Raises
    ImproperlyConfigured for a kind that there is not.
    """
    return _read(tuple(settings.INTAKE_ADDRESSES))


@lru_cache(maxsize=8)
def _read(entries: tuple[str, ...]) -> dict[str, Mailbox | None]:
    found: dict[str, Mailbox | None] = {}
    for entry in entries:
        address, _, kind = (part.strip().lower() for part in entry.partition("="))
        if kind and kind not in _KINDS:
            raise ImproperlyConfigured(f"INTAKE_ADDRESSES: {entry!r} must end in one of {', '.join(sorted(_KINDS))}.")
        chosen = kind or _by_name(address.partition("@")[0], alone=len(entries) == 1)
        found[address] = None if chosen == TIP else Mailbox(address=address, kind=Kind(chosen))
    return found


def find_mailbox(recipient: str) -> Mailbox | None:
    """Return the mailbox that takes mail for a recipient, or None. Case and a plus-extension do not matter."""
    own = _own(recipient)
    found = mailboxes().get(own)
    if found is None or recipient.strip().lower() == own:
        return found
    return replace(found, extension=recipient.strip().rpartition("@")[0].partition("+")[2][:EXTENSION_LENGTH])


def is_own(address: str) -> bool:
    """Whether an address is one of ours, whether or not it takes mail here."""
    return _own(address) in mailboxes()


def _own(address: str) -> str:
    lowered = address.strip().lower()
    return lowered if lowered in mailboxes() else without_extension(lowered)


def without_extension(address: str) -> str:
    """Return an address without what follows a plus in its local part (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _by_name(local: str, *, alone: bool) -> str:
    if local.startswith(TIP):
        return TIP
    if alone:
        return Kind.UNSORTED
    if local in ("letter", "letters"):
        return Kind.LETTER
    if local in ("opinion", "opinions", "op-ed", "oped"):
        return Kind.OPINION
    return Kind.UNSORTED
