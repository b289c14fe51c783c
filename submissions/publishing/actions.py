"""Going out and coming back: publish, schedule, unschedule, retract. Each in one transaction, with its event."""

from contextlib import suppress
from datetime import datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from submissions.cleaning import one_line
from submissions.lifecycle import Actor, IllegalMove, LifecycleError, StaleSubmission, move
from submissions.models import Event, Notification, Publication, SignOff, Submission
from submissions.notifications import outbox
from submissions.publishing import disclaimers, gate, sign_off
from submissions.publishing.slugs import slug_for
from submissions.states import State

ADDRESS_TRIES = 5
"""Two pieces with one headline may reach for the same address; the loser takes the next."""


@transaction.atomic
def publish(submission: Submission, *, by: Actor, expecting: int, ran_in: str = "") -> Publication:
    """Publish the current text with its disclaimers frozen, and owe its writer the news; return the publication.

    `ran_in` names the printed page or outside address of a piece that ran elsewhere: it gets no page here. Publishing
    what the same decision has already published returns that publication. Raises NotPublishable with the reasons,
    IllegalMove and StaleSubmission; then nothing has changed.
    """
    locked = _lock(submission.pk)
    if locked.state == State.PUBLISHED and locked.version in (expecting, expecting + 1):
        submission.refresh_from_db()
        return locked.publications.get(retracted_at=None)
    if locked.version != expecting:
        raise StaleSubmission("Somebody has changed this submission since you opened it. Look at it again first.")
    gate.require(locked)
    text = sign_off.text_of(locked)
    event = move(locked, State.PUBLISHED, by=by, expecting=expecting, data={"revision": text.number})
    publication = _store(locked, one_line(ran_in))
    _tell_writer(locked, publication, event)
    submission.refresh_from_db()
    return publication


@transaction.atomic
def schedule(submission: Submission, *, by: Actor, expecting: int, at: datetime) -> Event:
    """Give a ready piece the time at which it goes live.

    Raises NotPublishable, IllegalMove (also for a time that has passed) and StaleSubmission.
    """
    if at <= timezone.now():
        raise IllegalMove("That time has passed: choose a later one, or publish it now.")
    gate.require(submission)
    return move(submission, State.SCHEDULED, by=by, expecting=expecting, until=at)


def unschedule(submission: Submission, *, by: Actor, expecting: int, reason: str = "") -> Event:
    """Take a piece off the schedule: it stands ready again; `reason` is a code. Raises IllegalMove, StaleSubmission."""
    return move(submission, State.READY, by=by, expecting=expecting, reason=reason)


@transaction.atomic
def retract(publication: Publication, *, by: Actor, reason: str) -> Event:
    """Take a piece back; its page says so and why, in the words of `reason`.

    Raises IllegalMove where it was taken back before, and LifecycleError without a reason.
    """
    reason = one_line(reason)
    if not reason:
        raise LifecycleError("Say why: the page will show your words to its readers.")
    submission = _lock(publication.submission_id)
    now = timezone.now()
    if not Publication.objects.filter(pk=publication.pk, retracted_at=None).update(
        retracted_at=now, retraction_reason=reason
    ):
        raise IllegalMove("This piece was retracted before.")
    Notification.objects.filter(submission=submission, template="published").cancel_unleased()
    event = move(
        submission,
        State.RETRACTED,
        by=by,
        expecting=submission.version,
        data={"publication": publication.pk},
    )
    publication.refresh_from_db()
    return event


def _lock(pk: int) -> Submission:
    """Return a submission as it stands, which nobody else changes before this transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).select_related("current", "writer").get(pk=pk)


def _store(submission: Submission, ran_in: str) -> Publication:
    """Store the publication at a free address. Raises NotPublishable where none was found in ADDRESS_TRIES."""
    text = sign_off.text_of(submission)
    now = timezone.now()
    day = timezone.localdate(now)
    publication = Publication(
        submission=submission,
        revision=text,
        sign_off=cast("SignOff", sign_off.standing(submission)),
        kind=submission.kind,
        disclaimers=disclaimers.freeze(submission),
        published_at=now,
        year=day.year,
        month=day.month,
        ran_in=ran_in,
    )
    words = one_line(text.headline) or f"{submission.kind} {one_line(text.byline)}"
    for _ in range(ADDRESS_TRIES):
        publication.slug = slug_for(words, day.year, day.month)
        with suppress(IntegrityError), transaction.atomic():
            publication.save(force_insert=True)
            return publication
    raise gate.NotPublishable(["Other pieces keep taking its address: try again."])


def _tell_writer(submission: Submission, publication: Publication, event: Event) -> None:
    outbox.queue(
        "published", to=submission.email, key=f"published:{publication.pk}", submission=submission, event=event
    )
