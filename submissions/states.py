"""The states of a submission, and which may follow which, by which action."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a submission stands in its life."""

    RECEIVED = "received", "received"
    UNCONFIRMED = "unconfirmed", "unconfirmed"
    QUEUED = "queued", "new"
    SHORTLISTED = "shortlisted", "shortlisted"
    HELD = "held", "held"
    ACCEPTED = "accepted", "being edited"
    PROOF = "proof", "proof with the writer"
    READY = "ready", "ready"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    RETRACTED = "retracted", "retracted"
    DECLINED = "declined", "declined"
    SPAM = "spam", "spam"
    WITHDRAWN = "withdrawn", "withdrawn"


class Action(TextChoices):
    """What was done: the code that an event carries."""

    RECEIVE = "receive", "received"
    SCREEN = "screen", "screened"
    CONFIRM = "confirm", "address confirmed"
    SHORTLIST = "shortlist", "shortlisted"
    PUT_BACK = "put_back", "put back"
    HOLD = "hold", "held"
    RESUME = "resume", "taken up again"
    ACCEPT = "accept", "accepted"
    SEND_PROOF = "send_proof", "proof sent"
    APPROVE = "approve", "signed off"
    READY = "ready", "made ready"
    SCHEDULE = "schedule", "scheduled"
    UNSCHEDULE = "unschedule", "taken off the schedule"
    PUBLISH = "publish", "published"
    RETRACT = "retract", "retracted"
    REISSUE = "reissue", "issued again"
    DECLINE = "decline", "declined"
    SPAM = "spam", "marked as spam"
    REOPEN = "reopen", "reopened"
    WITHDRAW = "withdraw", "withdrawn"
    RESTORE = "restore", "withdrawal taken back"
    UNDO = "undo", "undone"
    EDIT = "edit", "edited"
    SORT = "sort", "sorted"
    CLAIM = "claim", "claimed"
    RELEASE = "release", "released"
    NOTE = "note", "note added"
    LINK = "link", "same message arrived again"
    ERASE = "erase", "content erased"
    CORRECT = "correct", "corrected"
    PIN = "pin", "pinned as a safety case"
    REPLY = "reply", "reply arrived"
    BOUNCE = "bounce", "mail came back"
    ATTRIBUTE = "attribute", "author settled"
    AGREE = "agree", "author agreed"
    COMPLETE = "complete", "details given"
    ANSWER = "answer", "acknowledgement sent by hand"


_S, _A = State, Action

MOVES: dict[State, dict[State, Action]] = {
    _S.RECEIVED: {
        _S.UNCONFIRMED: _A.SCREEN,
        _S.QUEUED: _A.SCREEN,
        _S.SPAM: _A.SPAM,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.UNCONFIRMED: {
        _S.QUEUED: _A.CONFIRM,
        _S.SHORTLISTED: _A.SHORTLIST,
        _S.HELD: _A.HOLD,
        _S.DECLINED: _A.DECLINE,
        _S.SPAM: _A.SPAM,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.QUEUED: {
        _S.SHORTLISTED: _A.SHORTLIST,
        _S.HELD: _A.HOLD,
        _S.ACCEPTED: _A.ACCEPT,
        _S.DECLINED: _A.DECLINE,
        _S.SPAM: _A.SPAM,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.SHORTLISTED: {
        _S.ACCEPTED: _A.ACCEPT,
        _S.HELD: _A.HOLD,
        _S.QUEUED: _A.PUT_BACK,
        _S.DECLINED: _A.DECLINE,
        _S.SPAM: _A.SPAM,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.HELD: {
        _S.QUEUED: _A.PUT_BACK,
        _S.SHORTLISTED: _A.SHORTLIST,
        _S.ACCEPTED: _A.ACCEPT,
        _S.DECLINED: _A.DECLINE,
        _S.SPAM: _A.SPAM,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.ACCEPTED: {
        _S.PROOF: _A.SEND_PROOF,
        _S.READY: _A.READY,
        _S.HELD: _A.HOLD,
        _S.SHORTLISTED: _A.PUT_BACK,
        _S.QUEUED: _A.PUT_BACK,
        _S.DECLINED: _A.DECLINE,
        _S.SPAM: _A.SPAM,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.PROOF: {
        _S.READY: _A.APPROVE,
        _S.ACCEPTED: _A.EDIT,
        _S.HELD: _A.HOLD,
        _S.DECLINED: _A.DECLINE,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.READY: {
        _S.SCHEDULED: _A.SCHEDULE,
        _S.PUBLISHED: _A.PUBLISH,
        _S.ACCEPTED: _A.EDIT,
        _S.HELD: _A.HOLD,
        _S.DECLINED: _A.DECLINE,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.SCHEDULED: {
        _S.PUBLISHED: _A.PUBLISH,
        _S.READY: _A.UNSCHEDULE,
        _S.ACCEPTED: _A.EDIT,
        _S.HELD: _A.HOLD,
        _S.WITHDRAWN: _A.WITHDRAW,
    },
    _S.PUBLISHED: {_S.RETRACTED: _A.RETRACT},
    _S.RETRACTED: {_S.PUBLISHED: _A.REISSUE},
    _S.DECLINED: {_S.QUEUED: _A.REOPEN},
    _S.SPAM: {_S.QUEUED: _A.REOPEN},
    _S.WITHDRAWN: {},
}
"""The design's table of states, row for row. Held and withdrawn may also go back to where they came from."""

RETURNS: dict[State, Action] = {_S.HELD: _A.RESUME, _S.WITHDRAWN: _A.RESTORE}
"""The states that remember where they came from, and the action that goes back there."""

OPEN = (
    _S.UNCONFIRMED,
    _S.QUEUED,
    _S.SHORTLISTED,
    _S.HELD,
    _S.ACCEPTED,
    _S.PROOF,
    _S.READY,
    _S.SCHEDULED,
)
"""The states that still ask something of an editor or a writer."""

FINAL_TEXT = (_S.PUBLISHED, _S.RETRACTED, _S.DECLINED, _S.SPAM, _S.WITHDRAWN, _S.RECEIVED)
"""The states in which the text is not edited."""

if set(MOVES) != set(State):
    raise RuntimeError("states.MOVES must have a row for every state")


def action_for(current: State, to: State, came_from: State | None = None) -> Action | None:
    """Return the action by which `to` may follow `current`, or None where it may not."""
    if current in RETURNS and to == came_from:
        return MOVES[current].get(to, RETURNS[current])
    return MOVES[current].get(to)


def possible(current: State, came_from: State | None = None) -> set[State]:
    """Return the states that may follow `current`."""
    returns = {came_from} if current in RETURNS and came_from else set()
    return set(MOVES[current]) | returns
