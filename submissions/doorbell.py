"""The doorbell: tells a stage's worker that rows wait. A ring carries no content, so a lost one loses nothing."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

STAGES = ("intake", "screening", "moderation", "publishing", "notifications")


def ring(stage: str) -> None:
    """Ring a stage once the transaction commits; any number of rings in one commit are one."""
    bell = _BELLS[stage]
    connection = transaction.get_connection()
    savepoints = set(connection.savepoint_ids)
    if any(waiting[1] is bell and waiting[0] == savepoints for waiting in connection.run_on_commit):
        return
    transaction.on_commit(bell, robust=True)


def ring_all() -> None:
    """Ring every stage once, now: what the sweep does."""
    for bell in _BELLS.values():
        bell()


def _press(stage: str) -> None:
    try:
        current_app.send_task(f"submissions.{stage}.tasks.{stage}")
    except Exception as error:  # any broker, any error: the row is safe and the next sweep rings again
        logger.warning("the doorbell of %s is out of order (%s); the sweep will ring", stage, type(error).__name__)


_BELLS = {stage: partial(_press, stage) for stage in STAGES}
