"""The writer's card: who this is to the paper, from what the editor may see and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from submissions.models import Kind, Publication, Submission, Writer
from submissions.states import State

SHOWN = 8


@dataclass(frozen=True)
class WriterCard:
    """A writer beside one of their submissions."""

    writer: Writer
    published: int
    last_published: datetime | None
    declined: int
    others: list[Submission]
    more: int


def writer_card(submission: Submission, kinds: Sequence[Kind]) -> WriterCard:
    """Return the card for a submission's writer; `kinds` are those that the editor may see. Three queries."""
    theirs = Submission.objects.filter(writer=submission.writer_id, kind__in=kinds)
    by_state = dict(theirs.order_by().values_list("state").annotate(Count("pk")))
    last = Publication.objects.filter(submission__in=theirs).order_by("-published_at").first()
    others = theirs.exclude(pk=submission.pk).select_related("current").defer("current__body")
    return WriterCard(
        writer=submission.writer,
        published=by_state.get(State.PUBLISHED, 0) + by_state.get(State.RETRACTED, 0),
        last_published=last.published_at if last else None,
        declined=by_state.get(State.DECLINED, 0),
        others=list(others.order_by("-received_at", "-pk")[:SHOWN]),
        more=max(0, sum(by_state.values()) - 1 - SHOWN),
    )
