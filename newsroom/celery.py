"""The workers' entry point: each stage's tasks, and the sweep that rings them every 30 seconds."""

import os

from celery import Celery

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
