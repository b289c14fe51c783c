"""The action bar: what can be decided about a submission as it stands, by whom, and with which key."""

from dataclasses import dataclass

from submissions.models import Channel, Finding, Kind, ReplyText, SignedBy, Submission
from submissions.moderation.forms import DECISIONS
from submissions.notifications.policy import NO_ANSWER
from submissions.permissions import User
from submissions.states import FINAL_TEXT, OPEN, Action, State, action_for, possible

REASONS = {
    "words": "length",
    "cadence": "quota",
    "not_exclusive": "elsewhere",
    "several_papers": "elsewhere",
    "duplicate": "form-letter",
}
"""The reply texts' codes for what a rule noticed; any other rule stands for the code of its own name."""


@dataclass(frozen=True)
class Button:
    """One decision on offer: a button that posts it, or, with `panel`, one that opens its form."""

    action: str
    label: str
    key: str = ""
    panel: bool = False
    verb: str = ""
    """What the panel's own button says."""
    main: bool = False
    fields: tuple[tuple[str, str], ...] = ()


def bar_for(submission: Submission, user: User, findings: list[Finding]) -> list[Button]:
    """Return the buttons for a submission, in their order; what the state or the account does not allow is left out."""
    if not user.has_perm("submissions.change_submission"):
        return []
    state = State(submission.state)
    came_from = State(submission.came_from) if submission.came_from else None
    may = possible(state, came_from)
    offered = [
        *_choosing(state, came_from),
        *_running(submission, may),
        *(_declining(submission, findings) if State.DECLINED in may else []),
        *([Button("hold", "Hold…", "h", panel=True, verb="Hold it")] if State.HELD in may else []),
        *_mailing(submission, findings, may),
        *_handling(submission, user),
        *([Button("spam", "Spam", "s")] if State.SPAM in may else []),
    ]
    return [button for button in offered if user.has_perm(DECISIONS[button.action].permission)]


def _choosing(state: State, came_from: State | None) -> list[Button]:
    buttons = []
    if state == State.HELD:
        buttons.append(Button("resume", "Take up again", main=True))
    if action_for(state, State.SHORTLISTED, came_from) == Action.SHORTLIST:
        buttons.append(Button("shortlist", "Shortlist", "a", main=state != State.HELD))
    if action_for(state, State.ACCEPTED, came_from) == Action.ACCEPT:
        buttons.append(Button("accept", "Accept", "A", main=state == State.SHORTLISTED))
    if state in (State.READY, State.SCHEDULED):
        buttons.append(Button("accept", "Back to editing", "A"))
    if action_for(state, State.QUEUED, came_from) == Action.PUT_BACK:
        buttons.append(Button("put-back", "Put back"))
    if action_for(state, State.QUEUED) == Action.REOPEN:
        buttons.append(Button("reopen", "Reopen", main=True))
    return buttons


def _running(submission: Submission, may: set[State]) -> list[Button]:
    buttons = []
    if submission.state == State.ACCEPTED:
        buttons += [
            Button("ready", "Make ready", main=True),
            Button("sign-off", "Writer agreed…", panel=True, verb="Record it, make ready"),
            Button("waive", "Waive sign-off…", panel=True, verb="Waive it, make ready"),
        ]
    if State.PUBLISHED in may and submission.state != State.RETRACTED:
        buttons += [
            Button("publish", "Publish now", main=True),
            Button("ran-in", "Ran in…", panel=True, verb="Record it as run"),
        ]
    if State.SCHEDULED in may and submission.state == State.READY:
        buttons.append(Button("schedule", "Schedule…", panel=True, verb="Schedule it"))
    if submission.state == State.SCHEDULED:
        buttons.append(Button("unschedule", "Unschedule"))
    if State.RETRACTED in may:
        buttons.append(Button("retract", "Retract…", panel=True, verb="Retract it"))
    return buttons


def _declining(submission: Submission, findings: list[Finding]) -> list[Button]:
    """Offer one key for the top finding's reason; where no finding has a reply text, for the house's first."""
    replies = dict(ReplyText.objects.values_list("code", "label"))
    named = (REASONS.get(finding.rule, finding.rule) for finding in findings)
    reason = next((code for code in named if code in replies), next(iter(replies), ""))
    label = f"Decline: {replies.get(reason)}"
    quick = Button("decline", label, "d", fields=(("reason", reason), ("quick", "1")))
    return [*([quick] if reason else []), Button("decline", "Decline…", "D", panel=True, verb="Decline it")]


def _mailing(submission: Submission, findings: list[Finding], may: set[State]) -> list[Button]:
    """Offer what came by mail may need: the answer that no machine sent, and the text that cannot be read here."""
    buttons = []
    if submission.channel != Channel.EMAIL or submission.state not in OPEN or not submission.email:
        return []
    forwarded = getattr(submission, "forward", None)
    if forwarded and forwarded.signed_by == SignedBy.AUTHOR and not forwarded.agreed_at:
        buttons.append(Button("acknowledge", "Ask the author", main=True))
    elif forwarded is None and any(finding.rule == NO_ANSWER for finding in findings):
        buttons.append(Button("acknowledge", "Acknowledge"))
    if State.HELD in may and any(finding.rule == "unreadable" for finding in findings):
        buttons.append(Button("ask-to-paste", "Ask to paste the text", "w"))
    return buttons


def _handling(submission: Submission, user: User) -> list[Button]:
    seen = (("seen", str(submission.assignee_id or "")),)
    if submission.assignee_id == user.pk:
        buttons = [Button("release", "Release", "c")]
    else:
        buttons = [Button("claim", "Take over" if submission.assignee_id else "Claim", "c", fields=seen)]
    if submission.state not in FINAL_TEXT:
        buttons.append(Button("edit", "Edit…", "e", panel=True, verb="Save"))
    buttons.append(Button("note", "Note…", "n", panel=True, verb="Add the note"))
    if submission.state in OPEN and not submission.writer.confirmed:
        buttons.append(Button("verify", "Reached by phone", "v"))
    return buttons + _sorting(submission)


def _sorting(submission: Submission) -> list[Button]:
    if submission.state in (State.PUBLISHED, State.RETRACTED):
        return []
    named = ((Kind.LETTER, "Letter", "1"), (Kind.OPINION, "Opinion", "2"))
    return [
        Button("sort", label, key, fields=(("kind", kind.value),))
        for kind, label, key in named
        if kind != submission.kind
    ]
