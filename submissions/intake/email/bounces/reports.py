"""Standard reports on deliveries (RFC 3464, for international addresses RFC 6533), also where they are ill declared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice

from submissions.cleaning import one_line
from submissions.intake.email.bounces.texts import own_parts
from submissions.intake.email.parsing.charsets import decode
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.parsing.transfer import undone
from submissions.intake.email.parsing.tree import content_of, content_type_of, parameters, walk
from submissions.notifications.addresses import sole_address

DELIVERY = ("message/delivery-status", "message/global-delivery-status")
MOST_GROUPS = 100
MOST_REPORTS = 5
MOST_CHARACTERS = 200_000
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_FIELD = re.compile(
    r"[ \t>]{0,20}(original-recipient|final-recipient|action|status|diagnostic-code)[ \t]{0,9}:[ \t]{0,99}(.*)",
    re.IGNORECASE,
)
# As written, and by which of the five standard words (RFC 3464, 2.3.3) it is meant.
_ACTIONS = {
    **dict.fromkeys(("fail", "err", "expired", "undeliver", "bounce"), "failed"),
    "delay": "delayed",
    "deliver": "delivered",
    "relay": "relayed",
    "expand": "expanded",
}
_GRAVEST = ("failed", "delayed", "", "expanded", "relayed", "delivered")


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a mail for one recipient; `address` and `status` are "" where that is not told."""

    address: str
    action: str
    status: str


def gravest(fates: Iterable[Fate]) -> tuple[Fate, ...]:
    """Return the fates that share the gravest action there is: who was not reached, rather than who was."""
    found = tuple(fates)
    for action in _GRAVEST:
        alike = tuple(fate for fate in found if fate.action == action)
        if alike:
            return alike
    return ()


def report_type(message: ParsedMessage) -> str:
    """Return which report a multipart/report is (RFC 6522), "" if it is none."""
    if message.content_type != "multipart/report":
        return ""
    return one_line(parameters(message.tree, "content-type").get("report-type", "")).lower()


def has_part(message: ParsedMessage, *content_types: str) -> bool:
    """Whether a message itself, not one within it, has a part of one of the types."""
    return any(content_type_of(part) in content_types for part in own_parts(message.tree))


def report_of(tree: Message) -> tuple[Fate, ...] | None:
    """Return what the delivery status of a message itself tells, not that of a message within; None if it has none."""
    parts = [part for part in own_parts(tree) if content_type_of(part) in DELIVERY][:MOST_REPORTS]
    return tuple(fate for part in parts for fate in fates_in(_text_of(part))) if parts else None


def fates_in(text: str) -> Iterator[Fate]:
    """Yield what the groups of fields in a text tell; what is no such field is passed over, a quoted one is not."""
    for count, group in enumerate(_groups(text[:MOST_CHARACTERS])):
        if count == MOST_GROUPS:
            return
        yield Fate(
            address=_address(group.get("original-recipient", "")) or _address(group.get("final-recipient", "")),
            action=action_of(group.get("action", "")),
            status=_status(group),
        )


def wrapped_report(tree: Message) -> tuple[Fate, ...]:
    """Return what the first delivery status in a message within tells: some gateways put a bounce into another mail."""
    parts = (part for part, _ in walk(tree) if content_type_of(part) in DELIVERY)
    return tuple(fate for part in islice(parts, 1) for fate in fates_in(_text_of(part)))


def action_of(written: str) -> str:
    """Return the standard word for an Action field, "" if it is none."""
    word = written.strip().lower()
    return next((action for begins, action in _ACTIONS.items() if word.startswith(begins)), "")


def _groups(text: str) -> Iterator[dict[str, str]]:
    """Yield the groups that name a recipient and what became of the mail. A group ends where a field comes again."""
    group: dict[str, str] = {}
    last = ""
    for line in [*text.splitlines(), ""]:
        field = _FIELD.match(line)
        name = field[1].lower() if field else ""
        if group and (not line.strip() or name in group):
            if _is_whole(group):
                yield group
            group = {} if _is_whole(group) or field else group
        if field:
            group[name], last = field[2], name
        elif last in group and line[:1] in (" ", "\t"):
            group[last] = f"{group[last]} {line.strip()}"[:2000]


def _is_whole(group: dict[str, str]) -> bool:
    told = group.keys()
    return bool(told & {"original-recipient", "final-recipient"} and told & {"action", "status"})


def _status(group: dict[str, str]) -> str:
    """Return the status code; where that says no more than "failed" or "not yet", what the other side said of it."""
    status = STATUS.search(group.get("status", ""))
    said = STATUS.search(group.get("diagnostic-code", "")[:1000])
    if status and not status[1].endswith(".0.0"):
        return status[1]
    found = said or status
    return found[1] if found else ""


def _address(written: str) -> str:
    """Return the address of a recipient field, "type; address", lower case; "" if no mail could go to it."""
    kind, semicolon, rest = written.partition(";")
    address = rest if semicolon else kind
    return (sole_address(one_line(address, 400).strip("<>\"' ")) or "").lower()


def _text_of(part: Message) -> str:
    """Return a report as text again: the standard library parsed its groups as messages of their own."""
    below = [group for group, _ in walk(part)][1 : MOST_GROUPS + 10]
    if not below:
        return decode(content_of(part)[:MOST_CHARACTERS])
    lines = []
    for group in below:
        lines += [f"{name}: {value}" for name, value in group.raw_items()]
        payload = group.get_payload()
        lines += ["", payload if isinstance(payload, str) else "", ""]
    text = "\n".join(lines)[:MOST_CHARACTERS].encode("utf-8", "surrogateescape")
    return decode(undone(text, str(part.get("content-transfer-encoding", ""))), "utf-8")
