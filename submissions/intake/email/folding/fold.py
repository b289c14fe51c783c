"""Decides what of a mail is folded. House rules, each of them on the side of showing too much."""

from collections.abc import Sequence

from submissions.intake.email.folding.folded import Folded, FoldKind, put_together
from submissions.intake.email.folding.quotes import Part, Stretch, stretches
from submissions.intake.email.folding.signatures import signature_start
from submissions.intake.email.folding.small_print import is_machines, legal_start, warning_end

MOST_LINES = 20_000
"""A text of more is no letter, and is left as it is: each line costs some ten microseconds, whatever it holds."""
_ROUNDS = 6

Kinds = list[FoldKind | None]


def fold(text: str) -> Folded:
    """Return a letter with what is not its writer's word folded; linear in the length of the text, and never raises.

    Folded are: quotes at the end; a quote with its introduction above the one answer to it; introductions; signatures,
    small print and programs' lines at the end; gateways' warnings at the head. What is cited and then answered stays,
    as the answer needs it, and so does the sign-off. Where nothing would be left, or there are more than MOST_LINES,
    nothing is folded.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        return Folded(text="\n".join(lines).strip("\n"), folds=())
    kinds: Kinds = [None] * len(lines)
    parts = list(stretches(lines))
    _fold_quotes(parts[: _fold_end(lines, kinds, parts)], kinds)
    if parts and parts[0].part == Part.OWN:
        _mark(kinds, 0, warning_end(lines, 0, parts[0].end), FoldKind.DISCLAIMER)
    if not any(kind is None and _says_something(line) for kind, line in zip(kinds, lines, strict=True)):
        kinds = [None] * len(lines)
    return put_together(lines, kinds)


def _fold_end(lines: Sequence[str], kinds: Kinds, parts: Sequence[Stretch]) -> int:
    """Fold from the end of a mail up to the writer's last word; return how many stretches that leaves."""
    for left in range(len(parts), 0, -1):
        stretch = parts[left - 1]
        if stretch.part != Part.OWN:
            _mark(kinds, stretch.start, stretch.end, FoldKind.QUOTE)
        elif _fold_below(lines, kinds, stretch):
            return left
    return 0


def _fold_below(lines: Sequence[str], kinds: Kinds, own: Stretch) -> bool:
    """Fold signatures and small print at the end of own words; return whether any words are left."""
    end = _worded_end(lines, own.start, own.end)
    for _ in range(_ROUNDS):
        before = end
        while end > own.start and is_machines(lines[end - 1], lines[end - 2] if end > 1 else ""):
            end = _mark_end(lines, kinds, own.start, end - 1, end, FoldKind.DISCLAIMER)
        end = _mark_end(lines, kinds, own.start, legal_start(lines, own.start, end), end, FoldKind.DISCLAIMER)
        end = _mark_end(lines, kinds, own.start, signature_start(lines, own.start, end), end, FoldKind.SIGNATURE)
        if end == before:
            break
    return any(map(_says_something, lines[own.start : end]))


def _fold_quotes(parts: Sequence[Stretch], kinds: Kinds) -> None:
    """Fold what stands above the writer's last word: of quotes that are answered, only the introduction."""
    what = [stretch.part for stretch in parts]
    if what == [Part.INTRODUCTION, Part.CITED, Part.OWN]:
        _mark(kinds, parts[0].start, parts[1].end, FoldKind.QUOTE)
    for stretch in parts:
        if stretch.part == Part.INTRODUCTION:
            _mark(kinds, stretch.start, stretch.end, FoldKind.QUOTE)


def _mark_end(lines: Sequence[str], kinds: Kinds, start: int, first: int, end: int, kind: FoldKind) -> int:
    """Mark the lines from `first` to before `end`; return the number of the line after the words that are left."""
    _mark(kinds, first, end, kind)
    return _worded_end(lines, start, first)


def _mark(kinds: Kinds, first: int, end: int, kind: FoldKind) -> None:
    kinds[first:end] = [kind] * (end - first)


def _worded_end(lines: Sequence[str], start: int, end: int) -> int:
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end


def _says_something(line: str) -> bool:
    return any(char.isalnum() for char in line)
