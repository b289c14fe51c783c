"""What a writer is told of a submission: plain words, and nothing of how editors work."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from submissions.intake.web.wording import WORDINGS, length_note
from submissions.models import Kind, Publication, Submission
from submissions.moderation.withdrawal import RESTORE_WITHIN, can_restore, can_withdraw
from submissions.states import State


@dataclass(frozen=True, kw_only=True)
class Status:
    """One page's worth of it."""

    title: str
    lines: tuple[str, ...]
    link: str = ""
    link_text: str = ""
    notes: tuple[str, ...] = field(default=())
    can_withdraw: bool = False
    can_restore: bool = False


MAY_BE_SILENT = (State.QUEUED, State.SHORTLISTED, State.HELD, State.SPAM)
"""What ends without a word when nobody takes it up. What the traps caught looks like the rest."""


def status_of(submission: Submission) -> Status:
    """Return what the writer may know now."""
    title, lines, link, link_text = _told(submission)
    return Status(
        title=title,
        lines=lines,
        link=link,
        link_text=link_text,
        notes=_notes(submission),
        can_withdraw=can_withdraw(submission),
        can_restore=can_restore(submission),
    )


Told = tuple[str, tuple[str, ...], str, str]


def _told(submission: Submission) -> Told:
    match State(submission.state):
        case State.RECEIVED:
            return "We have it", _just_in(submission), "", ""
        case State.UNCONFIRMED:
            return _unconfirmed(submission)
        case State.PROOF:
            line = "We have edited it and sent you the text. It runs once you agree to it: please look at our message."
            return "It is your turn", (line,), "", ""
        case State.PUBLISHED | State.RETRACTED:
            return _published(submission)
        case State.DECLINED if not _may_be_undone(submission):
            line = "We have decided not to run it. Thank you for writing: you are free to offer it elsewhere."
            return "We will not run it", (line,), "", ""
        case State.WITHDRAWN:
            return _withdrawn(submission)
    return _with_the_editors(submission)


def _just_in(submission: Submission) -> tuple[str, ...]:
    thanks = f"Thank you. Your {_noun(submission)} has arrived and is safe with us."
    if submission.email:
        return (
            thanks,
            "A mail is on its way to you. If it has a button in it, press it: it shows that we can reach you.",
        )
    return thanks, "We will call the number that you gave before we print it."


def _unconfirmed(submission: Submission) -> Told:
    lapses = _day(submission.received_at + timedelta(days=submission.policy.unconfirmed_days))
    if submission.email:
        how = "We have sent you a mail. Open it and press the button in it, so that we know that we can reach you."
        spam = "Not there? Look among the junk mail."
    else:
        how, spam = "We will call the number that you gave, so that we know that we can reach you.", ""
    line = f"If that has not happened by {lapses}, we will not run it."
    return "We have it, and need one thing more", tuple(filter(None, (how, spam, line))), "", ""


def _with_the_editors(submission: Submission) -> Told:
    policy, title = submission.policy, "It is with the editors"
    ends = submission.received_at + timedelta(days=policy.silence_days)
    if timezone.now() <= ends:
        days = f"{policy.reading_days} working day" + ("" if policy.reading_days == 1 else "s")
        read = f"An editor reads every {_noun(submission)} within {days}."
        return title, (read, f"If you have not heard from us by {_day(ends)}, we will not run it."), "", ""
    if submission.state in (*MAY_BE_SILENT, State.DECLINED):
        passed = f"{policy.silence_days} days have passed, so we will most likely not run it."
        return "We have not taken it up", (passed, "You are free to offer it elsewhere."), "", ""
    return title, ("We are still at work on it.",), "", ""


def _published(submission: Submission) -> Told:
    piece = Publication.objects.filter(submission=submission).order_by("-pk").first()
    if piece is not None and piece.ran_in:
        return "It has run", (f"It ran in {piece.ran_in}.",), "", ""
    link = piece.get_absolute_url() if piece else ""
    if submission.state == State.RETRACTED:
        return "It was published, and taken back", ("Its page says why.",), link, "See its page"
    return "It is published", ("Thank you for writing.",), link, "Read it"


def _withdrawn(submission: Submission) -> Told:
    if can_restore(submission):
        until = date_format(timezone.localtime(submission.state_since + RESTORE_WITHIN), "l, F j, g:i a")
        return "You have withdrawn it", (f"Did you change your mind? You can take that back until {until}.",), "", ""
    line = "We will not run it. If you change your mind, please send it again."
    return "You have withdrawn it", (line,), "", ""


def _may_be_undone(submission: Submission) -> bool:
    """Whether the editors may still take the decision back: until then it is not told."""
    delay = timedelta(minutes=submission.policy.decision_delay_minutes)
    return submission.state_since + delay > timezone.now()


def _notes(submission: Submission) -> tuple[str, ...]:
    """Return what is worth saying beside it: how long the text is, while that may still matter."""
    words = submission.current.words if submission.current else 0
    early = submission.state in (State.RECEIVED, State.UNCONFIRMED, *MAY_BE_SILENT)
    if early and words > submission.policy.max_words:
        return (f"It has {length_note(words, submission.policy.max_words)}.",)
    return ()


def _noun(submission: Submission) -> str:
    return WORDINGS[Kind.OPINION if submission.kind == Kind.OPINION else Kind.LETTER].noun


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l, F j")
