"""Which addresses take mail, and what comes to each: settings.INTAKE_ADDRESSES, as ADDRESS or ADDRESS=KIND."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from submissions.models import Kind

TIP = "tip"
_KINDS = {kind.value for kind in Kind} | {TIP}


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """One address of ours; `kind` is None where mail is not taken (tips, whose wing is another door)."""

    address: str
    kind: Kind | None


def mailboxes() -> dict[str, Mailbox]:
    """Return the addresses of the settings by their lower-case form. Raises ImproperlyConfigured for an unknown kind.

    Without a kind of its own, `letters@` takes letters, `opinion@` opinion pieces, an address that begins with `tip`
    tips, and any other address serves all: what comes there is unsorted.
    """
    found = {}
    for entry in settings.INTAKE_ADDRESSES:
        address, _, kind = (part.strip().lower() for part in entry.partition("="))
        if kind and kind not in _KINDS:
            raise ImproperlyConfigured(f"INTAKE_ADDRESSES: {entry!r} must end in one of {', '.join(sorted(_KINDS))}.")
        chosen = kind or _by_name(address.partition("@")[0])
        found[address] = Mailbox(address=address, kind=None if chosen == TIP else Kind(chosen))
    return found


def find_mailbox(recipient: str) -> Mailbox | None:
    """Return the mailbox that takes mail for a recipient, or None. Case and a plus-extension do not matter."""
    mailbox = own_mailbox(recipient)
    return mailbox if mailbox and mailbox.kind else None


def own_mailbox(address: str) -> Mailbox | None:
    """Return the mailbox an address belongs to, whether or not it takes mail here, or None if it is not ours."""
    known = mailboxes()
    lowered = parseaddr(address)[1].lower() if "<" in address else address.strip().lower()
    local, _, domain = lowered.rpartition("@")
    return known.get(lowered) or known.get(f"{local.partition('+')[0]}@{domain}")


def _by_name(local: str) -> str:
    if local.startswith(TIP):
        return TIP
    if local in ("letter", "letters"):
        return Kind.LETTER
    if local in ("opinion", "opinions", "op-ed", "oped"):
        return Kind.OPINION
    return Kind.UNSORTED
