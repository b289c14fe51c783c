"""The desk's decisions, by the word that stands in their address."""

from submissions.moderation.forms import handling, judging, mailing, running
from submissions.moderation.forms.base import Decision

DECISIONS: dict[str, type[Decision]] = {
    "shortlist": judging.Shortlist,
    "accept": judging.Accept,
    "put-back": judging.PutBack,
    "decline": judging.Decline,
    "hold": judging.Hold,
    "resume": judging.Resume,
    "spam": judging.Spam,
    "reopen": judging.Reopen,
    "claim": handling.Claim,
    "release": handling.Release,
    "sort": handling.Sort,
    "edit": handling.Edit,
    "note": handling.Note,
    "verify": handling.Verify,
    "pin": handling.Pin,
    "unpin": handling.Unpin,
    "attribute": mailing.Attribute,
    "acknowledge": mailing.Acknowledge,
    "ask-to-paste": mailing.AskToPaste,
    "take": mailing.Take,
    "undo": handling.Undo,
    "ready": running.Ready,
    "sign-off": running.SignOff,
    "waive": running.Waive,
    "publish": running.Publish,
    "ran-in": running.RanIn,
    "schedule": running.Schedule,
    "unschedule": running.Unschedule,
    "retract": running.Retract,
}

__all__ = ["DECISIONS", "Decision"]
