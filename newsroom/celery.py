"""The workers' entry point: each stage's tasks, and the sweep that rings them every 30 seconds."""

import os
import signal
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from newsroom import collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "submissions",
        "submissions.intake",
        "submissions.screening",
        "submissions.moderation",
        "submissions.publishing",
        "submissions.notifications",
    ]
)


@worker_process_init.connect
def collect_lightly(**_kwargs: Any) -> None:
    """Read mail, which makes many small objects, without looking through the whole program again and again."""
    collector.light()


@worker_process_init.connect
def finish_the_task_at_hand(**_kwargs: Any) -> None:
    """Leave SIGTERM to the main process, which lets its pool finish; honcho and systemd send it to the whole group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
