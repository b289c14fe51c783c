"""`python -m tests.corpora` prints all scores; exit code 1 where a bound is missed or the corpora are missing."""

import os
import sys
import tempfile
from importlib import import_module

from tests.corpora import CORPORA, Row
from tests.corpora.table import missed, table

MODULES = ("stalwart", "bounces", "forwards", "replies", "tnef", "arc", "doors")


def main() -> int:
    """Measure in a house of its own, which is thrown away; return the exit code."""
    if not CORPORA.is_dir():
        sys.exit("The corpora are not beside the project: ../shared/corpora/email")
    with tempfile.TemporaryDirectory(prefix="mailbag-corpora-") as folder:
        _open_house(folder)
        rows: list[Row] = []
        for name in MODULES:
            rows += import_module(f"tests.corpora.{name}").score()
    print(table(rows))  # noqa: T201
    return 1 if missed(rows) else 0


def _open_house(folder: str) -> None:
    """Set Django up with a database in a folder, and the least that a house needs."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    import django

    django.setup()
    from django.core.management import call_command

    from tests.factories import make_house

    call_command("migrate", verbosity=0)
    make_house()


if __name__ == "__main__":
    sys.exit(main())
