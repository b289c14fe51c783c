"""What each mail says: the facts that its template sets in words, read when it leaves, so that they are true then."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from submissions.cleaning import one_line
from submissions.models import Channel, Forward, Kind, Notification, Paper, Publication, Submission
from submissions.models.house_policy import IDENTITY_FIELDS
from submissions.models.reference import spaced_reference
from submissions.notifications.digest import new_for
from submissions.states import State
from submissions.tokens import CONFIRM_DAYS, complete_token, confirm_token

Context = dict[str, Any]

REFERENCES_AT_MOST = 20


class NoLongerOwed(Exception):
    """What the mail would tell is not so any more."""


def context_for(owed: Notification, paper: Paper) -> Context:
    """Return the facts for a mail. Raises NoLongerOwed, and KeyError for a template that does not exist."""
    facts: Context = {"paper": paper, "owed": owed, "rules": link("policy")}
    if owed.submission is not None:
        facts |= _submission(owed.submission)
    return facts | TEMPLATES[owed.template](owed)


def link(name: str, *args: object) -> str:
    """Return the full address of a page."""
    return settings.SITE_URL + reverse(name, args=args)


def _submission(submission: Submission) -> Context:
    headline = submission.current.headline if submission.current else ""
    return {
        "submission": submission,
        "piece": Kind(Kind.OPINION if submission.kind == Kind.OPINION else Kind.LETTER).label,
        "headline": one_line(headline or ""),
        "name": one_line(submission.name),
        "reference": spaced_reference(submission.reference),
        "track": settings.SITE_URL + submission.get_absolute_url(),
        "policy": submission.policy,
    }


def _acknowledgement(owed: Notification) -> Context:
    """Add the confirm link while the writer's address is not confirmed, if the mail goes to that very address."""
    submission = _about(owed)
    writer = submission.writer
    to_writer = _to_its_writer(owed, submission)
    unconfirmed = not writer.confirmed
    missing = _missing(submission) if submission.channel == Channel.EMAIL else []
    complete = link("complete", complete_token(submission)) if missing and to_writer else ""
    confirm = link("confirm", confirm_token(writer)) if unconfirmed and to_writer and not complete else ""
    return {
        "unconfirmed": unconfirmed,
        "confirm": confirm,
        "complete": complete,
        "missing": missing,
        "confirm_days": CONFIRM_DAYS,
    }


def _to_its_writer(owed: Notification, submission: Submission) -> bool:
    """Whether a mail goes to the very address that its link proves."""
    return (submission.writer.email or "").casefold() == (owed.to or "").casefold()


def _missing(submission: Submission) -> list[str]:
    """Return what a mail does not tell and its writer is asked for."""
    return (["text"] if submission.lacks_text else []) + [IDENTITY_FIELDS[name] for name in submission.missing]


def _forwarded(owed: Notification) -> Context:
    """Ask the author of a letter that somebody passed on; without one to ask any more, ask nobody."""
    submission = _about(owed)
    forward = Forward.objects.filter(submission=submission).first()
    if forward is None or not forward.awaits_author or not _to_its_writer(owed, submission):
        raise NoLongerOwed("nobody to ask")
    text = submission.current.body if submission.current else ""
    return {"complete": link("complete", complete_token(submission)), "text": text, "confirm_days": CONFIRM_DAYS}


def _receipt(owed: Notification) -> Context:
    return {}


def _probe(owed: Notification) -> Context:
    return {"token": owed.text}


def _silence(owed: Notification) -> Context:
    return {"health": link("mail_health")}


def _forwarding(owed: Notification) -> Context:
    if not owed.text.isdecimal():
        raise NoLongerOwed("about nothing")
    return {"confirmation": link("mail_confirmation", owed.text)}


def _paste(owed: Notification) -> Context:
    """Ask for the text, while it is still waited for."""
    submission = _about(owed)
    if submission.state != State.HELD:
        raise NoLongerOwed("not waited for")
    return {"complete": link("complete", complete_token(submission))}


def _published(owed: Notification) -> Context:
    publication = Publication.objects.filter(submission=owed.submission, retracted_at=None).order_by("-pk").first()
    if publication is None:
        raise NoLongerOwed("retracted")
    there = "" if publication.ran_in else settings.SITE_URL + publication.get_absolute_url()
    return {"publication": publication, "article": there}


def _decline(owed: Notification) -> Context:
    """Greet the writer by name, unless the editor's own words do."""
    text = owed.text.strip()
    greeted = text.casefold().startswith(("dear", "hello", "good "))
    return {"text": text, "greet": bool(_about(owed).name) and not greeted}


def _reference(owed: Notification) -> Context:
    """Return the codes of everything that was sent from the address, newest first."""
    found = (
        Submission.objects.filter(writer__email=(owed.to or "").casefold())
        .select_related("current")
        .order_by("-received_at", "-pk")[:REFERENCES_AT_MOST]
    )
    if not found:
        raise NoLongerOwed("nothing was sent from this address")
    return {"letters": [_submission(submission) for submission in found]}


def _digest(owed: Notification) -> Context:
    new = new_for(owed)
    if not new:
        raise NoLongerOwed("somebody has seen to them")
    return {
        "new": new,
        "total": sum(line.count for line in new),
        "oldest": min(line.oldest for line in new),
        "desk": link("admin:submissions_submission_changelist"),
    }


def _safety(owed: Notification) -> Context:
    return {"review": link("admin:submissions_submission_change", _about(owed).pk)}


def _about(owed: Notification) -> Submission:
    if owed.submission is None:
        raise NoLongerOwed("about nothing")
    return owed.submission


TEMPLATES: dict[str, Callable[[Notification], Context]] = {
    "acknowledgement": _acknowledgement,
    "forwarded": _forwarded,
    "receipt": _receipt,
    "paste": _paste,
    "forwarding": _forwarding,
    "probe": _probe,
    "silence": _silence,
    "published": _published,
    "decline": _decline,
    "reference": _reference,
    "digest": _digest,
    "safety": _safety,
}
"""Every mail that there is."""
