"""The app: installs what the database holds itself."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models.signals import post_migrate, pre_migrate


class SubmissionsConfig(AppConfig):
    """One app with a room for each stage of a letter's life."""

    name = "submissions"
    verbose_name = "Mailbag"

    def ready(self) -> None:
        """Keep the triggers out of migrations' way, and put them back."""
        pre_migrate.connect(_drop, sender=self)
        post_migrate.connect(_install, sender=self)
        register(triggers_stand, Tags.database)


def _drop(using: str, **_kwargs: Any) -> None:
    from submissions.models.triggers import drop_triggers

    drop_triggers(using)


def _install(using: str, **_kwargs: Any) -> None:
    from submissions.models.triggers import install_triggers

    install_triggers(using)


def triggers_stand(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Report every append-only trigger that is missing from a migrated database (runs with `check --database`)."""
    from django.db import connections

    from submissions.models import Event
    from submissions.models.triggers import missing_triggers

    return [
        Error(f"The trigger {name} is missing from {alias}.", hint="Run: manage.py migrate", id="submissions.E001")
        for alias in databases or []
        if Event._meta.db_table in connections[alias].introspection.table_names()
        for name in missing_triggers(alias)
    ]
