"""A text with what the checks noticed marked in place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from submissions.models import Finding
from submissions.models.kinds import Severity

BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t\r]*\n\s*")
GRAVITY = {severity: place for place, severity in enumerate(Severity.values)}


@dataclass(frozen=True)
class Stretch:
    """Some characters of a text, and the gravest finding on them, if any; `first` where that finding begins."""

    text: str
    finding: Finding | None = None
    first: bool = False


def marked(body: str, findings: Iterable[Finding]) -> list[list[Stretch]]:
    """Return a text as paragraphs of stretches. Where findings overlap, the gravest is shown."""
    spans = [f for f in findings if f.start is not None and f.end is not None and f.start < f.end <= len(body)]
    begun: set[int] = set()
    return [_stretches(body, start, end, spans, begun) for start, end in _paragraphs(body)]


def _paragraphs(body: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for gap in BETWEEN_PARAGRAPHS.finditer(body):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(body)))
    return [(start, end) for start, end in spans if body[start:end].strip()]


def _stretches(body: str, start: int, end: int, spans: list[Finding], begun: set[int]) -> list[Stretch]:
    here = [f for f in spans if f.start < end and f.end > start]  # type: ignore[operator]
    edges = {start, end} | {edge for f in here for edge in (f.start, f.end) if start < edge < end}  # type: ignore[operator]
    cuts = sorted(edge for edge in edges if edge is not None)
    stretches = []
    for left, right in pairwise(cuts):
        over = [f for f in here if f.start <= left and right <= f.end]  # type: ignore[operator]
        finding = min(over, key=lambda f: GRAVITY[f.severity], default=None)
        first = finding is not None and finding.pk not in begun
        if finding is not None:
            begun.add(finding.pk)
        stretches.append(Stretch(body[left:right], finding, first=first))
    return stretches
