"""The project: settings, addresses of the pages, and the processes' entry points."""

from newsroom.celery import app as celery_app

__all__ = ["celery_app"]
