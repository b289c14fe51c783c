"""Which words may stand in for others without the writer being asked: the house's notion of spelling and style."""

import unicodedata

LONG_ENOUGH = 5
"""Letters. In shorter words one slip is often another word (form, from)."""

AROUND = ".,;:!?\"'()[]\u201c\u201d\u2018\u2019\u2013\u2014\u2026"
"""What stands around a word and is no part of it."""

VOWELS = "aeiouy"

TURNING = frozenset(
    {"cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "only"}
    | {"unless", "without"}
)
"""Words whose loss can turn a sentence round; those that end in n't are meant as well."""


def stands_in(cut: str, added: str, *, may_turn: bool) -> bool:
    """Whether `added` says what `cut` said, but for spelling, punctuation, case, and words left out.

    A word left out may be one that can turn its sentence round only where `may_turn` is true.
    """
    if same_words(cut, added):
        return True
    waiting = iter(cut.split())
    gone: list[str] = []
    for word in filter(None, map(_key, added.split())):
        for candidate in waiting:
            if _same_word(_key(candidate), word):
                break
            gone.append(candidate)
        else:
            return False
    gone.extend(waiting)
    return may_turn or not any(_turns(word) for word in gone)


def same_words(cut: str, added: str) -> bool:
    """Whether two texts differ in punctuation, case, spacing and hyphens only."""
    return _joined(cut) == _joined(added)


def _key(word: str) -> str:
    """Return what of a word carries its meaning: letters without case, accents and apostrophes; figures as they are."""
    if any(char.isdigit() for char in word):
        return word.strip(AROUND).casefold()
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in plain if char.isalpha())


def _joined(text: str) -> str:
    """Return a text's words as one, so that "long-term" is "long term"; figures stay apart."""
    keys = map(_key, text.split())
    return "".join(f" {key} " if any(char.isdigit() for char in key) else key for key in keys)


def _turns(word: str) -> bool:
    return _key(word) in TURNING or word.casefold().replace("\u2019", "'").rstrip(AROUND).endswith("n't")


def _same_word(old: str, new: str) -> bool:
    """Whether one is the other with at most one slip: two letters swapped, one doubled, or one vowel amiss."""
    if old == new:
        return True
    if min(len(old), len(new)) < LONG_ENOUGH or old[0] != new[0] or not (old + new).isalpha():
        return False
    shorter, longer = sorted((old, new), key=len)
    at = next((n for n, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    if len(longer) == len(shorter) + 1:
        return longer[at + 1 :] == shorter[at:] and (longer[at] in VOWELS or longer[at] == longer[at - 1])
    if len(longer) > len(shorter):
        return False
    if old[at + 1 :] == new[at + 1 :]:
        return old[at] in VOWELS and new[at] in VOWELS
    return old[at + 2 :] == new[at + 2 :] and old[at : at + 2] == new[at : at + 2][::-1]
