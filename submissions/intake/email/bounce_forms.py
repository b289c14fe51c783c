"""The forms of bounces that no standard and no library covers: how they begin, and where they name the recipient."""

import re

from submissions.notifications.addresses import sole_address

MOST_ADDRESSES = 50
SEARCHED_LINES = 12
"""So many lines below an opening are searched for a recipient."""
_ADDRESS = r"(?P<address>[^\s<>\"'(),;:\[\]@]{1,64}@[^\s<>\"'(),;:\[\]@]{1,190})"
# The words right before the recipients, on the line above or on their own.
_OPENING = re.compile(
    r"(addresses had|following address(es)?\b|following (list of )?(e-?mail )?recipients?|recipient address"
    r"|recipient addresses that were|following users?\b|failure reasons|failed (recipients?|addresses)"
    r"|(deliver|delivering|send|delivery of) (your|the|this|a) (e-?)?(mail|message)( to|$)"
    r"|(could|can) ?not be (delivered|sent) to|(cannot|can't|couldn't|not) (be )?deliver(ed)?\b"
    r"|undeliverable (address|to)|intended recipient|(e-?)?mail to this address|delivery (to|for)\b|recipients? (was|were) rejected"
    r"|user unknown|unknown user|mailbox (is )?full|your (mail|message|e-mail) to|error: invalid user|recipient\(s\)"
    r"|nicht zugestellt|konnte nicht|n'a pas (pu|été)|no (ha podido|se pudo)|non (è stato|può)|kon niet|não foi"
    r"|не (удалось|может|было)|送信に失敗|送信できません|配信でき|届けられ|无法(投递|送达)|退信)",
    re.IGNORECASE,
)
# What of it only a machine says.
_PLAINLY = re.compile(
    r"(addresses had|(the|to) following ((e-?mail )?address|recipient|user)|(list of )?failed recipients|failed addresses"
    r"|(your|this|a|the) (e-?mail|message)( that)?( you sent)? (could not|cannot|can't|couldn't|was not|was unable to) be "
    r"(delivered|sent)|non[- ]delivery|advisory-only email|delivery of email to this address|error: invalid user"
    r"|could not be delivered to( the following|:| <)|created automatically by|automatically generated (delivery|by the mail)"
    r"|message from interscan|machine generated message|undeliverable (address|message)|this is the (mail|qmail|postfix)"
    r"|n'a pas pu etre delivre|送信できません)",
    re.IGNORECASE,
)
# An address that stands as the recipient on its line: first, or behind a word that says so.
_RECIPIENT = re.compile(
    r"^[\s>*<\"'=-]{0,20}(?:(?:recipient|to|address|user|e-?mail|smtp|rcpt to|recipient address|final-recipient|for)"
    rf"[ \t]{{0,9}}:[\s<\"']{{0,9}}(?:rfc822;\s?|smtp:)?)?<?\"?{_ADDRESS}",
    re.IGNORECASE,
)
_ON_THE_LINE = re.compile(rf"(?:\bto|\bfor|:|address|user|recipient)[ \t]{{0,9}}[<\"'(\[]{{0,3}}{_ADDRESS}", re.IGNORECASE)
# A session as the mail system noted it: what it asked, and what the other side refused.
_ASKED = re.compile(rf"^\W{{0,9}}(?:In:[ \t]{{1,3}})?rcpt to:[ \t]{{0,3}}<{_ADDRESS}>", re.IGNORECASE)
_REFUSED = re.compile(rf"^\W{{0,9}}[45]\d\d[ -](?:[45]\.\d{{1,3}}\.\d{{1,3}}[ ])?[ \t]{{0,3}}<{_ADDRESS}>", re.IGNORECASE)
_FOR_NOW = re.compile(
    r"(transient non-fatal|warning message only|not yet been delivered|still undelivered"
    r"|(will|is going to) (continue|be retried|keep|retry|try again)|will be re-?tried|delivery (is |has been |was )?delayed"
    r"|delayed|temporarily (deferred|delayed)|has been postponed|could not send (mail|message) for past"
    r"|no action is required on your part)",
    re.IGNORECASE,
)
_FOR_GOOD = re.compile(
    r"(giving up|given up|permanent|fatal error|too old|will be deleted|has been deleted|retry (timeout|time) (exceeded|not reached)"
    r"|deleted from (the )?queue|returned to sender|could not be delivered for)",
    re.IGNORECASE,
)


def opens_as_bounce(text: str) -> bool:
    """Whether one of the first three lines that say anything is a machine's about a recipient who was not reached."""
    said = [line for line in text.splitlines()[:40] if re.search(r"\w", line)]
    return any(_PLAINLY.search(line[:300]) for line in said[:4])


def named_in(text: str) -> tuple[str, ...]:
    """Return the addresses that a bounce names as not reached, in lower case."""
    found: dict[str, None] = {}
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if _OPENING.search(line):
            found.update(dict.fromkeys(_below(line, lines[place + 1 : place + 1 + SEARCHED_LINES])))
        if len(found) > MOST_ADDRESSES:
            break
    return tuple(found)[:MOST_ADDRESSES] or _in_session(lines)


def is_for_now(subject: str, text: str) -> bool:
    """Whether a bounce tells of a delay, after which the mail may still arrive."""
    return bool(_FOR_NOW.search(f"{subject}\n{text}")) and not _FOR_GOOD.search(text)


def _below(opening: str, lines: list[str]) -> list[str]:
    """Return the recipients on the line that announces them, else those of the paragraph below that begins with one."""
    found = [address for hit in _ON_THE_LINE.finditer(opening) if (address := _plain(hit["address"]))]
    if found:
        return found
    for line in lines:
        hit = _RECIPIENT.match(line)
        address = _plain(hit["address"]) if hit else ""
        if address:
            found.append(address)
        elif found and not line.strip():
            break
    return found


def _in_session(lines: list[str]) -> tuple[str, ...]:
    hits = [hit for form in (_REFUSED, _ASKED) for line in lines if (hit := form.match(line))]
    return tuple(dict.fromkeys(address for hit in hits if (address := _plain(hit["address"]))))[:MOST_ADDRESSES]


def _plain(written: str) -> str:
    return (sole_address(written.strip(".,;:!?")) or "").lower()
