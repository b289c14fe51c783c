"""A safety case: pinned on the desk, and told to the chief editors at once."""

from collections.abc import Iterable

from submissions.lifecycle import record
from submissions.models import Noticed, Party, Submission
from submissions.notifications.outbox import queue
from submissions.notifications.staff import chiefs
from submissions.screening.checks import SAFETY
from submissions.states import Action


def alert(submission: Submission, noticed: Iterable[Noticed], *, silently: bool = False) -> None:
    """Pin a submission with words of danger and owe a mail to each chief editor, once for each submission and rule.

    Silently it is only pinned: what was imported from an archive is no news.
    """
    rules = sorted({found.rule for found in noticed} & SAFETY)
    if not rules:
        return
    if Submission.objects.filter(pk=submission.pk, pinned=False).update(pinned=True):
        record(submission, Action.PIN, by=Party.SYSTEM, data={"rules": rules})
    submission.pinned = True
    if silently:
        return
    for chief in chiefs(submission.kind):
        for rule in rules:
            key = f"safety:{rule}:{submission.pk}:{chief.pk}"
            queue("safety", to=chief.email, key=key, submission=submission, user=chief)
