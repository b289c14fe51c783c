"""Mail health in plain words: one line a fact, each good, a warning, or bad, with what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timesince import timesince

from submissions.intake.email.health.dns_records import Record
from submissions.intake.email.health.facts import MailFacts
from submissions.intake.email.imap.oauth import CODES
from submissions.models import MailProbe


@dataclass(frozen=True)
class Line:
    """One fact. `state` is good, warn, stop or info."""

    state: str
    what: str
    told: str


ADVICE = {
    "login": "the login is refused: look at IMAP_URL; Google wants an app password, Microsoft OAuth",
    "token_server": "the server that gives out tokens does not answer: look at IMAP_TOKEN_URL",
    "token_refused": "no token is given out: look at IMAP_CLIENT_ID, IMAP_CLIENT_SECRET and IMAP_REFRESH_TOKEN",
    "connection": "the server does not answer; it is tried again",
    "certificate": "the server's certificate is not trusted: look at the host name in IMAP_URL",
    "folder": "a folder is missing or closed to us: look at IMAP_FOLDERS",
    "move": "messages cannot be moved away; they are safe here",
    "undelivered": "the server does not deliver a message: open it there",
    "disk": "our own disk is full",
    "database": "our own database takes nothing",
}
ADVICE |= dict.fromkeys((*CODES, "token_missing"), ADVICE["token_refused"])
"""By the codes of imap/: what to do."""


def lines(facts: MailFacts, records: list[Record] | None = None) -> list[Line]:
    """Return what there is to tell."""
    return [*_coming(facts), *_reading(facts), *_leaving(facts), *_probe(facts.probe), *_records(records or [])]


def _ago(moment: datetime) -> str:
    return f"{timesince(moment, depth=1)} ago"


def _coming(facts: MailFacts) -> Iterator[Line]:
    for door in facts.doors:
        yield Line("good", f"Last by {door.door.label}", f"{_ago(door.last)}; {door.week} in seven days")
    for account in facts.accounts:
        if account.last_error:
            advice = ADVICE.get(account.last_error, "the server or its answer is at fault; it is tried again")
            yield Line("stop", f"Mailbox {account.label}", f"cannot be read ({account.last_error}): {advice}")
        elif account.last_ok_at:
            yield Line("good", f"Mailbox {account.label}", f"last looked at {_ago(account.last_ok_at)}")
    if facts.left_out:
        yield Line(
            "warn",
            "Too large",
            f"{facts.left_out} in seven days were too large to be fetched; they are in the mailbox still",
        )
    if facts.silence.long and facts.silence.last:
        told = f"nothing since {_ago(facts.silence.last.received_at)}: longer than usual. Send yourself a letter."
        yield Line("stop", "Silence", told)


def _reading(facts: MailFacts) -> Iterator[Line]:
    if facts.waiting and facts.waiting_since:
        yield Line("warn", "Waiting to be read", f"{facts.waiting}, the oldest from {_ago(facts.waiting_since)}")
    told = f"{facts.quarantine} could not be understood: look at them" if facts.quarantine else "empty"
    yield Line("warn" if facts.quarantine else "good", "Quarantine", told)
    if facts.confirmations:
        told = f"{facts.confirmations} in seven days: a provider asks whether it may forward mail to us"
        yield Line("warn", "Forwarding confirmations", told)


def _leaving(facts: MailFacts) -> Iterator[Line]:
    if facts.sent:
        yield Line("good", "Last sent", _ago(facts.sent))
    if facts.owed and facts.owed_since:
        yield Line("info", "Owed", f"{facts.owed}, the oldest since {_ago(facts.owed_since)}")
    if facts.failed:
        yield Line("warn", "Failed in seven days", str(facts.failed))
    if facts.bounced:
        yield Line("warn", "Came back in seven days", str(facts.bounced))


def _probe(probe: MailProbe | None) -> Iterator[Line]:
    if probe is None:
        return
    if probe.returned_at is None:
        yield Line("warn", "Mail check", f"sent {_ago(probe.sent_at)} to {probe.to}, not back yet")
        return
    seconds = round((probe.returned_at - probe.sent_at).total_seconds())
    yield Line("good", "Mail check", f"sent {_ago(probe.sent_at)}, back after {seconds} s")
    for name, label in SEEN.items():
        found = str(probe.seen.get(name, ""))
        if found in ("changed", "lost"):
            yield Line("warn", label, f"{found} on the way: {SEEN_ADVICE}")
    results = probe.seen.get("results") or {}
    told = ", ".join(f"{method} {result}" for method, result in results.items())
    yield Line("good" if told else "info", "SPF, DKIM, DMARC as seen", told or "not told: set AUTHSERV_ID")


SEEN = {
    "sender": "Envelope sender",
    "from": "From",
    "message_id": "Message-ID",
    "x_loop": "X-Loop",
    "auto_submitted": "Auto-Submitted",
    "x_auto_response_suppress": "X-Auto-Response-Suppress",
}
SEEN_ADVICE = "answers and bounces are still told apart by their tokens, but look at the outgoing server's rules"


def _records(records: list[Record]) -> Iterator[Line]:
    for record in records:
        told = " ".join(part for part in (record.found or "none.", record.advice) if part)
        yield Line("good" if record.good else "warn", record.name, told)
