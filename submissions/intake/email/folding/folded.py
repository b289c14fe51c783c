"""A text with parts of it folded away, and the way back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class FoldKind(StrEnum):
    """What was folded."""

    QUOTE = "quote"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    """Small print: legal footers, warnings of gateways, and "Sent from my iPhone"."""


@dataclass(frozen=True, kw_only=True)
class Fold:
    """A folded part; it stood behind the first `after` characters of the text that was kept."""

    kind: FoldKind
    text: str
    after: int


@dataclass(frozen=True, kw_only=True)
class Folded:
    """What the writer wrote, and what was folded, in the order in which it stood."""

    text: str
    folds: tuple[Fold, ...]


def unfold(folded: Folded) -> str:
    """Return every word of the original in its order; only blank lines between the parts may differ."""
    parts, place = [], 0
    for fold in folded.folds:
        parts += [folded.text[place : fold.after].strip("\n"), fold.text]
        place = fold.after
    return "\n\n".join(part for part in [*parts, folded.text[place:].strip("\n")] if part)


def put_together(lines: Sequence[str], kinds: Sequence[FoldKind | None]) -> Folded:
    """Return lines as a folded text: those with a kind are folded, blank lines go with what they stand in."""
    kept: list[str] = []
    folds: list[Fold] = []
    length = 0
    for kind, text in _runs(lines, kinds):
        if kind is None:
            length += len(text) + (2 if kept else 0)
            kept.append(text)
        else:
            folds.append(Fold(kind=kind, text=text, after=length))
    return Folded(text="\n\n".join(kept), folds=tuple(folds))


def _runs(lines: Sequence[str], kinds: Sequence[FoldKind | None]) -> Iterator[tuple[FoldKind | None, str]]:
    """Yield what stands together and is of one kind, without blank lines at its ends."""
    worded = [(kinds[number], number) for number, line in enumerate(lines) if line.strip()]
    for kind, numbers in groupby(worded, key=lambda one: one[0]):
        places = [number for _, number in numbers]
        yield kind, "\n".join(lines[places[0] : places[-1] + 1])
