"""What a forwarder saw before it changed a message: ARC (RFC 8617), believed only of sealers that the house lists."""

import logging
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import dkim
import dns.exception
import dns.resolver

from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.parsing.stretches import END_OF_HEADER
from submissions.intake.email.parsing.tree import HEADER_BYTES, guarded
from submissions.intake.email.trust.results import Result, ascii_domain, read_results

LookUp = Callable[[str, float], bytes | None]
"""Returns the TXT record of a name within so many seconds, None where there is none or nobody answers."""

MOST_SEALS = 10
DNS_SECONDS = 4.0
"""For all keys of one message; each may take half of it."""
_SEALER = re.compile(r"(?:^|;)\s{0,100}d\s{0,100}=\s{0,100}([^\s;]{1,255})", re.IGNORECASE)
# It logs what it stumbles over, in the message's own words.
logging.getLogger("dkimpy").setLevel(logging.CRITICAL + 1)


def ask_dns(name: str, seconds: float) -> bytes | None:
    """Return the TXT record of a name, its strings joined."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=seconds)
    except (dns.exception.DNSException, ValueError):
        return None
    return next((b"".join(record.strings) for record in answer), None)


def sealed_results(
    message: ParsedMessage, raw: bytes, sealers: Sequence[str], look_up: LookUp = ask_dns
) -> tuple[Result, ...] | None:
    """Return what the newest sealer saw, if it is listed and the whole chain holds; () if not; None without a seal.

    A message that no listed sealer has sealed costs no look-up. A chain of over MOST_SEALS is not followed.
    """
    seals = message.headers.all("arc-seal")
    listed = {ascii_domain(sealer) for sealer in sealers} - {""}
    if not listed or not seals:
        return None
    named = {ascii_domain(found[1]) for seal in seals[:MOST_SEALS] if (found := _SEALER.search(seal))}
    if len(seals) > MOST_SEALS or not named & listed or _header_is_huge(raw):
        return ()
    newest = verify(raw, look_up)
    if newest is None or ascii_domain(newest["as-domain"].decode("ascii", "replace")) not in listed:
        return ()
    _, _, told = newest["aar-value"].decode("utf-8", "replace").partition(";")
    return read_results(told).results


def verify(raw: bytes, look_up: LookUp) -> dict[str, Any] | None:
    """Return what dkimpy says of the newest set of a chain that holds; else None."""
    status, sets, _ = guarded(lambda: dkim.arc_verify(raw, dnsfunc=_Keys(look_up)), (dkim.CV_Fail, [], ""))
    return sets[0] if status == dkim.CV_Pass and sets else None


def _header_is_huge(raw: bytes) -> bool:
    return len(raw) > HEADER_BYTES and not END_OF_HEADER.search(raw, 0, HEADER_BYTES)


class _Keys:
    """Keys by name, each asked for once, all within DNS_SECONDS: a slow server must not cost the message its turn."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self._known: dict[bytes, bytes | None] = {}
        self._left = DNS_SECONDS

    def __call__(self, name: bytes, timeout: float = 0) -> bytes | None:
        """Return a record for dkimpy, which hands over the name as bytes, and a time limit of its own."""
        if name not in self._known and self._left > 0:
            began = time.monotonic()
            self._known[name] = self._look_up(name.decode("ascii", "replace"), min(self._left, DNS_SECONDS / 2))
            self._left -= time.monotonic() - began
        return self._known.get(name)
