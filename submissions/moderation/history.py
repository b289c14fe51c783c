"""History in plain words: who did what, when and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from submissions.models import ConfirmedHow, Event, HeldFor, Kind, Party, ReplyText, SignedBy, Submission
from submissions.models.house_policy import IDENTITY_FIELDS
from submissions.moderation.lapsing import LAPSED
from submissions.states import Action, State


@dataclass(frozen=True)
class Line:
    """One line of history."""

    at: datetime
    what: str
    who: str


def history_of(submission: Submission) -> list[Line]:
    """Return a submission's history, newest first, in two queries."""
    return lines(submission.events.select_related("user").order_by("-pk"))


def changes_since(submission: Submission, version: int) -> list[Line]:
    """Return what has changed its state or text since a version, newest first."""
    newer = [e for e in submission.events.select_related("user").order_by("-pk") if e.data.get("version", 0) > version]
    return lines(newer)


def lines(events: Iterable[Event]) -> list[Line]:
    """Return events as lines."""
    labels: Mapping[str, str] = dict(ReplyText.objects.values_list("code", "label"))
    return [Line(event.at, _what(event, labels), _who(event)) for event in events]


def _who(event: Event) -> str:
    if event.user is None:
        return Party(event.party).label
    return event.user.get_full_name() or event.user.get_username()


def _what(event: Event, labels: Mapping[str, str]) -> str:
    more = _MORE.get(Action(event.action), _nothing)(event, labels)
    what = "pin taken off" if event.data.get("pinned") is False else Action(event.action).label
    return f"{what}{more}"


def _nothing(event: Event, labels: Mapping[str, str]) -> str:
    return ""


def _declined(event: Event, labels: Mapping[str, str]) -> str:
    code = event.data.get("reason", "")
    if code == LAPSED:
        return " in silence: never confirmed"
    why = f": {labels.get(code, code)}" if code else ""
    return why + (", with a mail" if event.data.get("told") else ", in silence")


def _held(event: Event, labels: Mapping[str, str]) -> str:
    code = event.data.get("reason", "")
    return f" for {HeldFor(code).label}" if code in HeldFor.values else ""


def _edited(event: Event, labels: Mapping[str, str]) -> str:
    number = event.data.get("revision")
    return f", revision {number}" if number else ""


def _sorted(event: Event, labels: Mapping[str, str]) -> str:
    kind = event.data.get("to", "")
    return f" as {Kind(kind).label}" if kind in Kind.values else ""


def _confirmed(event: Event, labels: Mapping[str, str]) -> str:
    how = event.data.get("how", "")
    return f" {ConfirmedHow(how).label}" if how in ConfirmedHow.values else ""


def _undone(event: Event, labels: Mapping[str, str]) -> str:
    return f", back to {State(event.to_state).label}" if event.to_state else ""


def _completed(event: Event, labels: Mapping[str, str]) -> str:
    named = [IDENTITY_FIELDS.get(name, name.replace("_", " ")) for name in event.data.get("fields", ())]
    return f": {', '.join(named)}" if named else ""


def _attributed(event: Event, labels: Mapping[str, str]) -> str:
    code = event.data.get("to", "")
    return f": {SignedBy(code).label}" if code in SignedBy.values else ""


def _bounced(event: Event, labels: Mapping[str, str]) -> str:
    return f" ({event.data['status']})" if event.data.get("status") else ""


_MORE = {
    Action.DECLINE: _declined,
    Action.HOLD: _held,
    Action.EDIT: _edited,
    Action.SORT: _sorted,
    Action.CONFIRM: _confirmed,
    Action.UNDO: _undone,
    Action.COMPLETE: _completed,
    Action.ATTRIBUTE: _attributed,
    Action.BOUNCE: _bounced,
}
