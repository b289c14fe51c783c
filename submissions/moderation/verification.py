"""Confirming an address: it says that mail or a call reaches the writer, not who the person is."""

from django.db import transaction
from django.utils import timezone

from submissions.lifecycle import Actor, move
from submissions.models import ConfirmedHow, Submission, Writer
from submissions.states import State


@transaction.atomic
def confirm(writer: Writer, how: ConfirmedHow, *, by: Actor) -> list[Submission]:
    """Confirm a writer's address and move all that waited for it to the queue; return what was moved.

    Confirming twice changes nothing: the first way stands.
    """
    first = Writer.objects.filter(pk=writer.pk, confirmed_at=None).update(
        confirmed_at=timezone.now(), confirmed_how=how, bounced_at=None, bounce_status=""
    )
    if first:
        writer.refresh_from_db(fields=["confirmed_at", "confirmed_how"])
    waiting = Submission.objects.select_for_update().filter(writer=writer, state=State.UNCONFIRMED).order_by("pk")
    moved = list(waiting)
    for submission in moved:
        move(submission, State.QUEUED, by=by, expecting=submission.version, data={"how": how})
    return moved
