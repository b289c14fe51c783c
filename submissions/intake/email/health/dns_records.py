"""What the DNS says of the domain that our mail comes from: where its mail goes, and who may send in its name."""

from dataclasses import dataclass

import dns.exception
import dns.resolver

SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing that the DNS should say: what it says, or what to do."""

    name: str
    found: str
    advice: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing needs doing."""
        return not self.advice


def records_of(domain: str) -> list[Record]:
    """Look up MX, SPF (RFC 7208) and DMARC (RFC 7489) of a domain; never raises, takes at most some seconds."""
    return [_mx(domain), _spf(domain), _dmarc(domain)]


def _mx(domain: str) -> Record:
    hosts = _ask(domain, "MX")
    advice = "" if hosts else "Without an MX record mail to this domain goes nowhere: ask whoever keeps your DNS."
    return Record(name="MX", found=", ".join(hosts), advice=advice)


def _spf(domain: str) -> Record:
    found = [text for text in _ask(domain, "TXT") if text.lower().startswith("v=spf1")]
    if len(found) > 1:
        return Record(name="SPF", found=" | ".join(found), advice="Two SPF records cancel each other: leave one.")
    advice = "" if found else "Add a TXT record such as v=spf1 include:YOUR-PROVIDER -all, or answers land among junk."
    return Record(name="SPF", found="".join(found), advice=advice)


def _dmarc(domain: str) -> Record:
    found = [text for text in _ask(f"_dmarc.{domain}", "TXT") if text.lower().startswith("v=dmarc1")]
    advice = "" if found else f"Add a TXT record at _dmarc.{domain}, such as v=DMARC1; p=quarantine."
    return Record(name="DMARC", found="".join(found), advice=advice)


def _ask(name: str, kind: str) -> list[str]:
    """Return the answers as text; none where there are none, or nobody answers."""
    try:
        answers = dns.resolver.resolve(name, kind, lifetime=SECONDS)
    except (dns.exception.DNSException, OSError, ValueError):
        return []
    if kind == "TXT":
        return [b"".join(answer.strings).decode("ascii", "replace")[:500] for answer in answers]
    return sorted(str(answer.exchange).rstrip(".") for answer in answers)
