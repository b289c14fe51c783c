"""Whether the mail system vouches for the From address of a message. That is no proof of the person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from submissions.intake.email.parsing.headers import ADDRESS_FIELD_LENGTH
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.trust.arc import LookUp, ask_dns, sealed_results
from submissions.intake.email.trust.boundary import own_fields
from submissions.intake.email.trust.results import Result, ascii_domain, read_results

VOUCHED, FAILED, UNKNOWN = "vouched", "failed", "unknown"
MOST_RESULT_FIELDS = 20
SHOWN = ("spf", "dkim", "dmarc")
_POLICIES = ("reject", "quarantine", "none")
_TOLD = re.compile(r"\b(?:p|dis|policy|d)\s?=\s?(reject|quarantine|none)\b")
_POLICY_NAMES = ("policy.dmarc", "policy.published-domain-policy", "action")


@dataclass(frozen=True, kw_only=True)
class Trust:
    """What is known of the From address.

    `verdict` is vouched, failed or unknown; `by` the method that vouched (dmarc, dkim, spf, arc); `domain` the domain
    that was judged; `policy` what that domain publishes for mail which fails, as the trusted results tell it (reject,
    quarantine, none, or "" where they do not); `results` maps spf, dkim, dmarc and arc to codes, for display.
    """

    verdict: str = UNKNOWN
    by: str = ""
    domain: str = ""
    policy: str = ""
    results: dict[str, str] = field(default_factory=dict)

    @property
    def vouched(self) -> bool:
        """Whether the mail system vouches for the address."""
        return self.verdict == VOUCHED

    @property
    def forbids_answer(self) -> bool:
        """Whether the sender is not authenticated and the domain publishes a policy against such mail."""
        return self.verdict != VOUCHED and self.policy in ("reject", "quarantine")


NOTHING_KNOWN = Trust()


def trust_of(
    message: ParsedMessage,
    raw: bytes,
    *,
    sender: str | None,
    authserv_id: str,
    sealers: Sequence[str],
    hops: int = 1,
    look_up: LookUp = ask_dns,
) -> Trust:
    """Judge the From address by what our own server (`authserv_id`) found, else by what a listed sealer saw.

    `sender` is the envelope's, `hops` as in boundary.py. Without an authserv_id no Authentication-Results count; a seal
    of a listed sealer, which is verified here, still does. Never raises; asks the DNS only for the keys of a chain
    whose seals name a listed sealer.
    """
    domain = ascii_domain(message.address.rpartition("@")[2])
    own = tuple(_own_results(message, authserv_id, hops))
    by = _vouching(domain, own, sender)
    sealed = None if by else sealed_results(message, raw, sealers, look_up)
    if sealed and _vouching(domain, sealed, None):
        by = "arc"
    if not _has_sole_author(message):
        by = ""
    return Trust(
        verdict=VOUCHED if by else FAILED if _failed(domain, own, sender) else UNKNOWN,
        by=by,
        domain=domain,
        policy=_policy(domain, (*own, *(sealed or ())), sender),
        results=_shown(own) | ({} if sealed is None else {"arc": "pass" if sealed else "fail"}),
    )


def is_aligned(domain: str, other: str) -> bool:
    """Whether two domains are one house's: equal, or one under the other.

    House rule, in place of a list of public suffixes: a single label is nobody's house, and two domains that lie side
    by side under a third are not aligned. DMARC's own verdict, where there is one, has used such a list.
    """
    shorter, longer = sorted((domain, other), key=len)
    return "." in shorter and (longer == shorter or longer.endswith(f".{shorter}"))


def _own_results(message: ParsedMessage, authserv_id: str, hops: int) -> Iterator[Result]:
    """Yield what our own server found; a method that an upper field told of is not read from a lower one."""
    if not authserv_id:
        return
    told: set[str] = set()
    values = (value for name, value in own_fields(message, hops) if name == "authentication-results")
    for found in map(read_results, islice(values, MOST_RESULT_FIELDS)):
        if found.authserv_id == authserv_id.strip().lower():
            yield from (result for result in found.results if result.method not in told)
            told |= {result.method for result in found.results}


def _has_sole_author(message: ParsedMessage) -> bool:
    """Whether there is one From field with one address, all of which we read (RFC 7489, 6.6.1: else it is suspect)."""
    fields = message.headers.all("from")
    if len(fields) != 1 or len(fields[0]) > ADDRESS_FIELD_LENGTH or not message.address:
        return False
    return [address for _, address in message.headers.mailboxes("from")] == [message.address]


def _vouching(domain: str, results: Sequence[Result], sender: str | None) -> str:
    """Return the method by which the domain's mail was found to be its own; what DMARC says is the last word."""
    if not domain:
        return ""
    dmarc = _dmarc(domain, results)
    if dmarc in ("pass", "fail"):
        return "dmarc" if dmarc == "pass" else ""
    passed = {
        result.method
        for result in results
        if result.result == "pass" and is_aligned(domain, _authenticated(result, sender))
    }
    return min(passed, default="")  # dkim before spf: a signature is by the house itself, not by the road


def _dmarc(domain: str, results: Sequence[Result]) -> str:
    return next((result.result for result in _about(domain, results)), "")


def _about(domain: str, results: Sequence[Result]) -> Iterator[Result]:
    """Yield the DMARC results about a From domain; a result that names no domain is about none."""
    return (r for r in results if r.method == "dmarc" and domain and r.domain("header.from") == domain)


def _authenticated(result: Result, sender: str | None) -> str:
    """Return the domain that a result of DKIM or SPF is about; SPF's is the envelope sender's where it names nobody."""
    if result.method == "dkim":
        return result.domain("header.d", "header.i")
    if result.method != "spf":
        return ""
    if any(name.startswith("smtp.") for name in result.properties):
        return result.domain("smtp.mailfrom", "smtp.mfrom")
    return ascii_domain((sender or "").rpartition("@")[2])


def _failed(domain: str, results: Sequence[Result], sender: str | None) -> bool:
    dmarc = _dmarc(domain, results)
    return dmarc == "fail" or (dmarc != "pass" and _spf_fails(domain, results, sender))


def _spf_fails(domain: str, results: Sequence[Result], sender: str | None) -> bool:
    return any(
        result.method == "spf" and result.result == "fail" and is_aligned(domain, _authenticated(result, sender))
        for result in results
    )


def _policy(domain: str, results: Sequence[Result], sender: str | None) -> str:
    """Return the strictest policy that is told of the domain.

    Servers write it in many places: policy.dmarc, Fastmail's policy.published-domain-policy, Microsoft's action, the
    comments of Google and OpenDMARC (p=REJECT dis=NONE). House rule: where none is told, an SPF record that ends in
    -all and fails is a policy too.
    """
    told = {policy for result in _about(domain, results) for policy in _policies(result)}
    found = next((policy for policy in _POLICIES if policy in told), "")
    return found or ("reject" if _spf_fails(domain, results, sender) else "")


def _policies(result: Result) -> Iterator[str]:
    yield from _TOLD.findall(result.comment)
    for name in _POLICY_NAMES:
        value = result.properties.get(name, "").lower().removeprefix("o").removeprefix(".").removeprefix("pct.")
        if value in _POLICIES:
            yield value


def _shown(results: Sequence[Result]) -> dict[str, str]:
    """Return the results by method; of several of one method a pass, else the first."""
    found: dict[str, str] = {}
    for result in results:
        if result.method in SHOWN and (result.method not in found or result.result == "pass"):
            found[result.method] = result.result
    return found
