"""What is known of a writer, filled in: by an editor from the sign-off, or by the writer, whom our mail asked."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from submissions.doorbell import ring
from submissions.lifecycle import Actor, LifecycleError, record, revise
from submissions.models import Event, Finding, Party, Revision, Submission, Suggestion, Writer
from submissions.models.revision import byline_of
from submissions.models.suggestion import SUGGESTED
from submissions.states import FINAL_TEXT, Action, State

OF_THE_WRITER = SUGGESTED
"""What a writer's own row remembers too, where it knows nothing yet."""


@transaction.atomic
def take_suggestion(submission: Submission, *, by: AbstractUser, suggestion: int) -> Event:
    """Fill in what the sign-off says. Raises LifecycleError where that suggestion has gone."""
    found = Suggestion.objects.select_for_update().filter(pk=suggestion, submission=submission).first()
    if found is None:
        raise LifecycleError("That suggestion has been taken already.")
    return fill_in(submission, {found.field: found.value}, by=by)


@transaction.atomic
def fill_in(submission: Submission, details: Mapping[str, object], *, by: Actor) -> Event:
    """Set fields of a submission, and its byline where that was made of name and town; the event names the fields."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("current", "writer")
    held = rows.get(pk=submission.pk)
    was = byline_of(held.name, held.city)
    Submission.objects.filter(pk=held.pk).update(**details)
    for name, value in details.items():
        setattr(held, name, value)
        setattr(submission, name, value)
    _remember(held.writer, details)
    Suggestion.objects.filter(submission=held, field__in=details).delete()
    _have_it_screened(held)
    if byline_of(held.name, held.city) != was:
        _sign_anew(submission, held, was, by)
    return record(submission, Action.COMPLETE, by=by, data={"fields": sorted(details)})


def _remember(writer: Writer, details: Mapping[str, object]) -> None:
    new = {name: details[name] for name in OF_THE_WRITER if details.get(name) and not getattr(writer, name)}
    if new:
        Writer.objects.filter(pk=writer.pk).update(**new)


def _have_it_screened(submission: Submission) -> None:
    """Take away the finding by which screening knows that it has looked at this text: it looks again."""
    Finding.objects.filter(submission=submission, revision=submission.current, rule="words").delete()
    ring("screening")


def _sign_anew(submission: Submission, held: Submission, was: str, by: Actor) -> None:
    before = held.current
    if before is None or before.byline != was or State(held.state) in FINAL_TEXT:
        return
    anew = Revision(
        headline=before.headline,
        body=before.body,
        byline=byline_of(held.name, held.city),
        in_response_to=before.in_response_to,
        reason="writer_sent" if by == Party.WRITER else "headline",
    )
    revise(submission, anew, by=by, expecting=held.version)
