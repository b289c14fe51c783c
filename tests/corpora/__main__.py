"""`python -m tests.corpora` prints all scores; exit code 1 where a bound is missed or the corpora are missing."""

import sys
import tempfile
from importlib import import_module

from tests.corpora import CORPORA, Row
from tests.corpora.table import missed, table
from tests.house import open_house

MODULES = ("stalwart", "bounces", "forwards", "replies", "tnef", "arc", "doors")


def main() -> int:
    """Measure in a house of its own, which is thrown away; return the exit code."""
    if not CORPORA.is_dir():
        sys.exit("The corpora are not beside the project: ../shared/corpora/email")
    with tempfile.TemporaryDirectory(prefix="mailbag-corpora-") as folder:
        open_house(folder)
        rows: list[Row] = []
        for name in MODULES:
            rows += import_module(f"tests.corpora.{name}").score()
    print(table(rows))
    return 1 if missed(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
