"""A house of its own for programs that are no tests: a database in a folder, and the least that a paper needs."""

import os


def open_house(folder: str) -> None:
    """Set Django up with DATA_DIR in a folder, on SQLite, migrated and with a policy; a second time changes nothing."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    import django

    django.setup()
    from django.core.management import call_command

    from tests.factories import make_house

    call_command("migrate", verbosity=0)
    make_house()
