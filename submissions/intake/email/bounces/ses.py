"""What Amazon SES tells by mail of bounces and complaints: a JSON text, alone or within one of Amazon SNS."""

import json
from typing import Any

from submissions.intake.email.bounces.reports import STATUS, Fate, action_of
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.notifications.addresses import sole_address

MOST_CHARACTERS = 300_000
MOST_RECIPIENTS = 100
_READ = json.JSONDecoder(strict=False)


def notification_of(message: ParsedMessage) -> dict[str, Any]:
    """Return the notification that a mail carries, {} if it carries none."""
    if not message.address.lower().endswith(("@amazonaws.com", ".amazonaws.com")):
        return {}
    outer = _object(message.body)
    inner = outer.get("Message")
    found = _object(inner) if isinstance(inner, str) else outer
    return found if kind_of(found) else {}


def fates_told(message: ParsedMessage) -> tuple[Fate, ...]:
    """Return what a notification of a bounce tells, () for any other mail."""
    found = notification_of(message)
    bounce = found.get("bounce")
    if kind_of(found) != "Bounce" or not isinstance(bounce, dict):
        return ()
    lasting = "delayed" if bounce.get("bounceType") == "Transient" else "failed"
    told = bounce.get("bouncedRecipients")
    recipients = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return tuple(_fate(one, lasting) for one in recipients[:MOST_RECIPIENTS]) or (_fate({}, lasting),)


def kind_of(notification: dict[str, Any]) -> str:
    """Return Bounce, Complaint or Delivery; "" for anything else."""
    kind = notification.get("notificationType") or notification.get("eventType")
    return kind if kind in ("Bounce", "Complaint", "Delivery") else ""


def _fate(recipient: dict[str, Any], lasting: str) -> Fate:
    status = STATUS.search(str(recipient.get("status", ""))[:20])
    return Fate(
        address=(sole_address(str(recipient.get("emailAddress", ""))) or "").lower(),
        action=action_of(str(recipient.get("action", ""))) or lasting,
        status=status[1] if status else "",
    )


def _object(text: str) -> dict[str, Any]:
    """Return the JSON object that a text begins with, whatever follows it; {} if there is none."""
    # Mail programs break its overlong line, some with an exclamation mark (sendmail's way).
    whole = text.strip()[:MOST_CHARACTERS].replace("!\n ", "").replace("\n ", "")
    try:
        found, _ = _READ.raw_decode(whole)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
