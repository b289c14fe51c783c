"""The schedule: what is due goes out; what cannot goes back to the editors, and never stops the others."""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from submissions.doorbell import ring
from submissions.models import Note, Party, Submission
from submissions.models.leased import complete, lease
from submissions.publishing.actions import publish, unschedule
from submissions.publishing.gate import NotPublishable

logger = logging.getLogger(__name__)

AT_ONCE = 20
AT_WORK = 20.0
LEASE_SECONDS = 60
GIVE_UP_AFTER = timedelta(minutes=15)
"""A piece that keeps failing goes back to the editors when it is this late."""


def publish_due() -> int:
    """Publish the scheduled pieces whose time has come; return how many went out.

    A piece that may not go out goes back to ready with a note that says why. One that fails for another reason keeps
    its lease, is tried again when that has run out, and goes back too once it is GIVE_UP_AFTER late. After AT_WORK
    seconds it rings for somebody to go on.
    """
    gone = 0
    end = time.monotonic() + AT_WORK
    while due := lease(Submission.objects.due(), AT_ONCE, LEASE_SECONDS):
        gone += sum(_go_live(submission) for submission in due)
        if time.monotonic() > end:
            ring("publishing")
            break
    return gone


def _go_live(submission: Submission) -> bool:
    """Publish one piece; return whether it went out. Raises nothing: the next one has its own time."""
    try:
        try:
            publish(submission, by=Party.SYSTEM, expecting=submission.version)
        except NotPublishable as refused:
            _give_back(submission, refused.reasons)
            return False
    except Exception as error:  # its text may hold typed words, so only its name is logged
        name = type(error).__name__
        logger.error("submission %s could not go live (%s)", submission.pk, name)  # noqa: TRY400
        if submission.scheduled_for and submission.scheduled_for < timezone.now() - GIVE_UP_AFTER:
            _give_back(submission, [f"Something went wrong ({name}); the server's log says more."])
        return False
    complete(submission)
    return True


@transaction.atomic
def _give_back(submission: Submission, reasons: list[str]) -> None:
    """Take a piece off the schedule and tell the editors why. Raises StaleSubmission where it was changed meanwhile."""
    when = date_format(timezone.localtime(submission.scheduled_for), "j F Y, H:i")
    unschedule(submission, by=Party.SYSTEM, expecting=submission.version, reason="not_publishable")
    Note.objects.create(submission=submission, text=" ".join([f"It could not go live on {when}:", *reasons]))
    complete(submission)
