"""The desk's queues: which states and kinds each one gathers, and how much waits in it."""

from dataclasses import dataclass

from submissions.models import Kind, QueueCount, Submission
from submissions.permissions import User, kinds_for
from submissions.states import OPEN, State

SORTED = (Kind.LETTER, Kind.OPINION)
MANY = 100
"""An editor's own claims are counted up to here; the other counts are kept, never counted."""


@dataclass(frozen=True)
class Queue:
    """One queue: the submissions of some kinds in some states; `mine` narrows it to the editor's own claims."""

    slug: str
    label: str
    states: tuple[State, ...]
    kinds: tuple[Kind, ...] = tuple(Kind)
    mine: bool = False


QUEUES = {
    queue.slug: queue
    for queue in (
        Queue("arriving", "Arriving", (State.RECEIVED,)),
        Queue("unsorted", "Unsorted", (State.UNCONFIRMED, State.QUEUED), (Kind.UNSORTED,)),
        Queue("unconfirmed", "Unconfirmed", (State.UNCONFIRMED,), SORTED),
        Queue("new", "New", (State.QUEUED,), SORTED),
        Queue("mine", "Mine", OPEN, mine=True),
        Queue("shortlist", "Shortlist", (State.SHORTLISTED,)),
        Queue("editing", "Editing", (State.ACCEPTED,)),
        Queue("held", "Held", (State.HELD,)),
        Queue("proofs", "Proofs", (State.PROOF,)),
        Queue("ready", "Ready", (State.READY,)),
        Queue("scheduled", "Scheduled", (State.SCHEDULED,)),
        Queue("published", "Published", (State.PUBLISHED, State.RETRACTED)),
        Queue("spam", "Spam", (State.SPAM,)),
        Queue("declined", "Declined", (State.DECLINED,)),
        Queue("withdrawn", "Withdrawn", (State.WITHDRAWN,)),
        Queue("all", "All", tuple(State)),
    )
}


def queue_of(submission: Submission) -> Queue:
    """Return the first queue that shows a submission."""
    state, kind = State(submission.state), Kind(submission.kind)
    return next(q for q in QUEUES.values() if not q.mine and state in q.states and kind in q.kinds)


def counts_for(user: User) -> list[tuple[Queue, int]]:
    """Return every queue with what an account may see in it. An empty Arriving is left out: screening keeps up."""
    kinds = kinds_for(user)
    kept = {(row.kind, row.state): row.count for row in QueueCount.objects.filter(kind__in=kinds)}

    def count(queue: Queue) -> int:
        if queue.mine:
            return claims_of(user)
        return sum(kept.get((kind, state), 0) for kind in queue.kinds for state in queue.states)

    counted = [(queue, count(queue)) for queue in QUEUES.values()]
    return [(queue, number) for queue, number in counted if number or queue.slug != "arriving"]


def claims_of(user: User) -> int:
    """Return how many open submissions an editor has claimed and may see, up to MANY."""
    mine = Submission.objects.open().filter(assignee_id=user.pk, kind__in=kinds_for(user))
    return len(mine.order_by().values_list("pk")[:MANY])
