"""How many chains of the ARC test suite are judged as it says: passing ones believed, all others not."""

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from submissions.intake.email.trust.arc import verify
from tests.intake.email.mails import CORPORA

SUITE = CORPORA / "arc-test-suite" / "tests" / "arc-draft-validation-tests.yml"


def score() -> list[tuple[str, int, int]]:
    """Return rows of a table: what was judged, how many rightly, of how many."""
    verdicts = [(case, (verify(raw, keys.get) is not None) == (case == "pass")) for case, raw, keys in cases()]
    return [
        (f"ARC chains: {name}", sum(right for case, right in verdicts if case == name), _count(verdicts, name))
        for name in ("pass", "fail", "none")
    ]


def cases() -> Iterator[tuple[str, bytes, "Keys"]]:
    """Yield the expected verdict, the message and the keys of each case."""
    for scenario in yaml.safe_load_all(SUITE.read_text()):
        keys = Keys(scenario["txt-records"] or {})
        for case in scenario["tests"].values():
            yield (case["cv"] or "None").lower(), case["message"].encode(), keys


class Keys:
    """The DNS of one scenario."""

    def __init__(self, records: dict[str, Any]) -> None:
        self.records = records

    def get(self, name: str, _seconds: float) -> bytes | None:
        """Return the record of a name that ends in a dot."""
        record = self.records.get(name.rstrip("."))
        return textwrap.dedent(record).encode() if record else None


def _count(verdicts: list[tuple[str, bool]], name: str) -> int:
    return sum(case == name for case, _ in verdicts)
