"""What an edit changed, word by word. Pure functions on texts; the time grows nearly linearly with their length."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from submissions.textstyle import same_words, stands_in

Op = Literal["same", "cut", "added"]
Range = tuple[int, int, int, int]
"""A stretch of both texts: from and to in the old one, from and to in the new one."""

_TOKEN = re.compile(r"\s*\n\s*|\S+[^\S\n]*|[^\S\n]+")
_COMPARED_WHOLE = 10_000
"""Stretches whose lengths multiply to more, and that share no unique word, are not searched: that bounds the time."""


def word_diff(old: str, new: str) -> list[tuple[Op, str]]:
    """Return how `old` became `new`, as stretches of words that stayed, were cut or were added, in reading order.

    What stayed and what was added make up `new` to the letter. Spacing alone is no change; a new line is one. What was
    replaced is a cut, then an addition.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[tuple[Op, str]] = []
    i = j = 0
    ends = (len(before), len(after), 0)
    for start, other, length in [*_matches([_key(t) for t in before], [_key(t) for t in after]), ends]:
        _extend(runs, "cut", before[i:start])
        _extend(runs, "added", after[j:other])
        _extend(runs, "same", after[other : other + length])
        i, j = start + length, other + length
    return _spaced(runs)


def cut_percent(old: str, new: str) -> float:
    """Return which share of the old words is gone for good, in percent; a word that another replaces is not gone."""
    words = len(old.split())
    gone = sum(
        max(0, len(cut.split()) - len(added.split()))
        for _, cut, added in _changes(old, new)
        if not same_words(cut, added)
    )
    return 100 * gone / words if words else 0.0


def only_style_changed(old: str, new: str) -> bool:
    """Whether an edit kept to spelling, style and cuts that turn no sentence round (house rule; see `textstyle`)."""
    return all(
        stands_in(cut, added, may_turn=not added and _whole_sentences(before, cut))
        for before, cut, added in _changes(old, new)
    )


def _changes(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield each change: what stayed just before it, what was cut, and what was added in its place."""
    before = cut = added = ""
    for op, text in [*word_diff(old, new), ("same", "")]:
        if op == "cut":
            cut += text
        elif op == "added":
            added += text
        else:
            if cut or added:
                yield before, cut, added
            before, cut, added = text, "", ""


def _whole_sentences(before: str, cut: str) -> bool:
    """Whether a cut takes whole sentences, wherever among equal words the comparison happened to see it begin."""
    stayed, gone = before.split(), cut.split()
    while gone and not (_ended(stayed) and _ended(gone)):
        if not stayed or stayed[-1] != gone[-1]:
            return False
        gone = [stayed.pop(), *gone[:-1]]
    return True


def _ended(words: list[str]) -> bool:
    return not words or words[-1].rstrip("\"'\u201d\u2019)").endswith((".", "!", "?", "\u2026"))


def _extend(runs: list[tuple[Op, str]], op: Op, tokens: list[str]) -> None:
    """Add tokens to the last run if it is of the same kind, else begin one."""
    if tokens and runs and runs[-1][0] == op:
        runs[-1] = (op, runs[-1][1] + "".join(tokens))
    elif tokens:
        runs.append((op, "".join(tokens)))


def _spaced(runs: list[tuple[Op, str]]) -> list[tuple[Op, str]]:
    """Return the runs with a space where a text's last word, which has none behind it, would touch the next."""
    spaced = list(runs)
    for n, (op, text) in enumerate(runs):
        if op == "cut":
            before = " " if n and not runs[n - 1][1][-1].isspace() else ""
            behind = " " if n + 1 < len(runs) and not text[-1].isspace() else ""
            spaced[n] = (op, before + text + behind)
    return spaced


def _key(token: str) -> str:
    """Return what of a token is compared: the word without its spaces, or how many lines break (one, or more)."""
    return token.strip() or "\n" * min(token.count("\n"), 2)


def _matches(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches that stayed, in order: start in a, start in b, length.

    Common beginnings and ends first; between them the words that occur once in each part the rest (patience diff).
    """
    todo: list[Range] = [(0, len(a), 0, len(b))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        head = _common(a, b, range(i, i_end), range(j, j_end))
        if head:
            yield i, j, head
        i, j = i + head, j + head
        tail = _common(a, b, range(i_end - 1, i - 1, -1), range(j_end - 1, j - 1, -1))
        if tail:
            todo.append((i_end - tail, i_end, j_end - tail, j_end))
        i_end, j_end = i_end - tail, j_end - tail
        parts = _parted(a, b, (i, i_end, j, j_end))
        if len(parts) > 1:
            todo.extend(reversed(parts))
        elif (i_end - i) * (j_end - j) <= _COMPARED_WHOLE:
            blocks = SequenceMatcher(None, a[i:i_end], b[j:j_end], autojunk=False).get_matching_blocks()
            yield from ((i + block.a, j + block.b, block.size) for block in blocks)


def _common(a: list[str], b: list[str], of_a: range, of_b: range) -> int:
    """Return how many tokens are the same along both ranges."""
    count = 0
    for i, j in zip(of_a, of_b, strict=False):
        if a[i] != b[j]:
            break
        count += 1
    return count


def _parted(a: list[str], b: list[str], whole: Range) -> list[Range]:
    """Return a stretch parted before each word that occurs once in both texts' stretches, in one order in both."""
    i, i_end, j, j_end = whole
    once_a, once_b = _once(a, i, i_end), _once(b, j, j_end)
    pairs = [(once_a[word], once_b[word]) for word in once_a if word in once_b]
    cuts = [(i, j), *_rising(pairs), (i_end, j_end)]
    return [(x, x_end, y, y_end) for (x, y), (x_end, y_end) in pairwise(cuts)]


def _once(tokens: list[str], start: int, end: int) -> dict[str, int]:
    """Return where each token stands that occurs once in a stretch, in order."""
    counts = Counter(tokens[start:end])
    return {tokens[n]: n for n in range(start, end) if counts[tokens[n]] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises in both places; `pairs` rises in the first."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, y) in enumerate(pairs):
        length = bisect_left(tops, y)
        before.append(ends[length - 1] if length else -1)
        tops[length:] = [y] if length == len(tops) else [y, *tops[length + 1 :]]
        ends[length : length + 1] = [n]
    found = []
    n = ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
