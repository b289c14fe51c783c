"""Whether words are a person's name, and whether two names may be one person's."""

import re
import unicodedata

MOST_WORDS = 6
_PARTICLE_WORDS = (
    "de da do dos das del della di du des la le van von der den ter ten zu zur bin ibn al el y e af av ben op"
)
_TITLE_WORDS = "dr mr mrs ms miss mx prof rev fr sr jr hon lt col maj capt sgt herr frau ii iii iv"
_OTHER_WORDS = """
the a an and or of to in on at for my our your this that with from by dear editor letter letters star news retired mayor
president chair chairman chairwoman director manager teacher citizen resident voter taxpayer reader concerned name
withheld anonymous county city town state university college school church council committee association club society
company inc llc party street road avenue box phone email regards sincerely thanks thank you best god bless america
wyoming governor gov senator sen representative rep commissioner sheriff judge superintendent chief officer councilman
councilwoman monday tuesday wednesday thursday friday saturday sunday january february march june july august september
october november december former member owner veteran army navy rancher farmer
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_TITLES = frozenset(_TITLE_WORDS.split())
_NO_NAMES = frozenset(_OTHER_WORDS.split())
_WORD = re.compile(r"[^\W\d_]{1,30}(?:[.'\u2019-]{1,2}[^\W\d_]{0,30}){0,4}")
_SUFFIX = re.compile(
    r",? ?\b(?:Jr|Sr|II|III|IV|Ph\.? ?D|M\.? ?D|J\.? ?D|Ed\.? ?D|D\.? ?V\.? ?M|D\.? ?D\.? ?S|R\.? ?N|Esq|CPA"
    r"|P\.? ?E|MBA)\b\.?$"
)


def is_name(text: str, *, given: str = "") -> bool:
    """Whether a text is a person's name: two words with capitals or more, or what agrees with a `given` name."""
    words = bare(text).replace(",", " ").split()
    if not 1 <= len(words) <= MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    plain = [_plain(word) for word in words]
    if _NO_NAMES & set(plain) or not any(len(word) > 1 for word in plain):
        return False
    if agree(text, given):
        return True
    capital = all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    return capital and words[-1][0].isupper() and sum(word not in _TITLES for word in plain) > 1


def bare(text: str) -> str:
    """Return a name without degrees behind it and without commas and full stops around it."""
    shown = text.strip(" ,;:")
    return _SUFFIX.sub("", shown).strip(" ,;:") or shown


def agree(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same surname and initial, or one is a part of the other."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return max(map(len, set(first) & set(second))) > 1
    return first[-1] == second[-1] and len(first[-1]) > 1 and first[0][0] == second[0][0]


def _words(name: str) -> list[str]:
    last, comma, before = bare(name).partition(",")
    turned = f"{before} {last}" if comma else last
    return [word for word in map(_plain, turned.split()) if word and word not in _TITLES]


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word).casefold() if char.isalpha())
