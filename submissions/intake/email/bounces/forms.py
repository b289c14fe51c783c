"""The forms of bounces that no standard and no library covers: how they begin, and where they name the recipient."""

import re

from submissions.intake.email.kinds.phrases import any_of
from submissions.notifications.addresses import sole_address

MOST_ADDRESSES = 50
SEARCHED_LINES = 12
"""So many lines below an opening are searched for a recipient."""
_ADDRESS = r"(?P<address>[^\s<>\"'(),;:\[\]@]{1,64}@[^\s<>\"'(),;:\[\]@]{1,190})"
# What only a machine says right before the recipients, on the line above or on their own.
_PLAINLY = (
    r"addresses had",
    r"(the|to|list of) following ((e-?mail )?address|recipient|user)",
    r"(list of )?failed (recipients?|addresses)",
    r"(your|this|a|the) (e-?mail|message)( that)?( you sent)? "
    r"(could not|cannot|can't|couldn't|was not) be (delivered|sent)",
    r"could not be delivered to( the following|:| <)",
    r"deliver(ing)? your (e-?mail|message) to( the following|:| <)",
    r"delivery of e-?mail to this address",
    r"undeliverable (address|message)",
    r"non[- ]delivery",
    r"no such user here",
    r"error: invalid user",
    r"was automatically rejected",
    r"to which your (message|mail) was addressed",
    r"advisory-only email",
    r"created automatically by",
    r"automatically generated (delivery|by the mail)",
    r"machine generated message",
    r"message from interscan",
    r"this is the (mail|qmail|postfix)",
    *("n'a pas pu etre delivre", "送信できません"),
)
# What a machine says there, too, but a person may say anywhere.
_LOOSELY = (
    r"following address(es)?\b",
    r"recipient addresses? ",
    r"recipient address",
    r"failure reasons",
    r"(deliver|delivering|send|delivery of) (your|the|this|a) (e-?)?(mail|message)( to|$)",
    r"(could|can) ?not be (delivered|sent) to",
    r"(cannot|can't|couldn't|not) (be )?deliver(ed)?\b",
    r"undeliverable to",
    r"intended recipient",
    r"(e-?)?mail to this address",
    r"delivery (to|for)\b",
    r"recipients? (was|were) rejected",
    r"list of recipients|recipient\(s\)",
    r"user unknown|unknown user",
    r"mailbox (is )?full",
    r"your (mail|message|e-mail) to",
    *(
        "nicht zugestellt",
        "konnte nicht",
        "n'a pas (pu|été)",
        "no (ha podido|se pudo)",
        "non (è stato|può)",
        "kon niet",
    ),
    *("não foi", "не (удалось|может|было)", "送信に失敗", "配信でき", "届けられ", "无法(投递|送达)", "退信"),
)
_MACHINES = any_of(*_PLAINLY)
_OPENING = any_of(*_PLAINLY, *_LOOSELY)
# An address that stands as the recipient on its line: first, or behind a word that says so.
_RECIPIENT = any_of(
    r"^[\s>*<\"'=-]{0,20}(?:(?:recipient|to|address|user|e-?mail|smtp|rcpt to|recipient address|for)[ \t]{0,9}:"
    rf"[\s<\"']{{0,9}}(?:rfc822;\s?|smtp:)?)?<?\"?{_ADDRESS}"
)
_ON_THE_LINE = any_of(rf"(?:\bto|\bfor|:|address|user|recipient)[ \t]{{0,9}}[<\"'(\[]{{0,3}}{_ADDRESS}")
# A session as the mail system noted it: what it asked, and what the other side refused.
_ASKED = any_of(rf"^\W{{0,9}}(?:In:[ \t]{{1,3}})?rcpt to:[ \t]{{0,3}}<?{_ADDRESS}")
_SENT_BY = any_of(rf"^\W{{0,9}}(?:In:[ \t]{{1,3}})?mail from:[ \t]{{0,3}}<?{_ADDRESS}")
_REFUSED = any_of(rf"^\W{{0,9}}[45]\d\d[ -](?:[45]\.\d{{1,3}}\.\d{{1,3}} )?[ \t]{{0,3}}<{_ADDRESS}>")
_FOR_NOW = any_of(
    r"transient non-fatal",
    r"warning message only",
    r"not yet been delivered|still undelivered",
    r"(will|is going to) (continue|be re-?tried|keep|retry|try again)",
    r"delayed|temporarily deferred|has been postponed",
    r"could not send (mail|message) for past",
    r"no action is required on your part",
)
_FOR_GOOD = any_of(
    r"giving up|given up",
    r"permanent|fatal error",
    r"too old",
    r"(will be|has been) deleted|deleted from (the )?queue",
    r"retry (timeout|time) (exceeded|not reached)",
    r"returned to sender",
    r"could not be delivered for",
)


def opens_as_bounce(text: str, *, lines: int = 4) -> bool:
    """Whether one of the first lines that say anything is a machine's about a recipient who was not reached."""
    said = [line for line in text.splitlines()[:40] if re.search(r"\w", line)]
    return any(_MACHINES.search(line[:300]) for line in said[:lines])


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
    """Return the recipients that the other side refused, without the sender, whom it may have refused, too."""
    senders, refused, asked = (
        [address for line in lines if (hit := form.match(line)) and (address := _plain(hit["address"]))]
        for form in (_SENT_BY, _REFUSED, _ASKED)
    )
    return tuple(dict.fromkeys(one for one in [*refused, *asked] if one not in senders))[:MOST_ADDRESSES]


def _plain(written: str) -> str:
    return (sole_address(written.strip(".,;:!?")) or "").lower()
