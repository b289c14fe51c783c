"""What was never confirmed ends by itself, in silence: nobody who gave another's address gets mail for it."""

from datetime import timedelta

from django.utils import timezone

from submissions.lifecycle import StaleSubmission, move
from submissions.models import HousePolicy, Party, Submission
from submissions.notifications.policy import IMPORTED
from submissions.states import State

LAPSED = "lapsed"
"""The reason in the history."""


def lapse(limit: int = 200) -> int:
    """Decline, in silence, what waited longer for a confirmation than its policy says; return how many were.

    Safety cases, what an editor has claimed, and what was imported (its writer was never asked) stay. What an editor
    decides at the same moment is left to the editor.
    """
    now, done = timezone.now(), 0
    for policy in HousePolicy.objects.all():
        old = Submission.objects.lapsed(now - timedelta(days=policy.unconfirmed_days))
        waiting = old.filter(policy=policy, pinned=False, assignee=None).exclude(findings__rule=IMPORTED)
        for submission in waiting[: limit - done]:
            try:
                move(submission, State.DECLINED, by=Party.SYSTEM, expecting=submission.version, reason=LAPSED)
            except StaleSubmission:
                continue
            done += 1
    return done
