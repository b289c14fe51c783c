"""What a subject says of how a letter came about: an answer, a letter passed on, or neither."""

import re
from enum import Enum

from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.prefixes import ANSWERS, EITHER, FORWARDS


class Prefix(Enum):
    """What stands before a subject."""

    FORWARD = "forward"
    REPLY = "reply"
    EITHER = "either"
    NONE = "none"


_WORDS = {
    caseless(word): prefix
    for prefix, words in ((Prefix.FORWARD, FORWARDS), (Prefix.REPLY, ANSWERS), (Prefix.EITHER, EITHER))
    for word in words
}
_TAG = re.compile(r"\s{0,5}\[[^\[\]:]{1,30}\]\s{0,5}")
_HEAD = re.compile(
    r"\s{0,5}\[?\s{0,5}([^\W\d_][^:\uff1a\[\]()]{0,14}?)\s{0,3}\.?(?:\[\d{1,3}\]|\(\d{1,3}\)"
    r"|\d{0,2})\s{0,3}[:\uff1a]\s{0,5}"
)


def prefix_of(subject: str) -> Prefix:
    """Return what the first prefix of a subject says; tags such as [EXTERNAL] before it do not count."""
    return _split(subject)[0]


def without_prefix(subject: str) -> str:
    """Return a subject without tags and the prefix of a letter passed on, if it has one."""
    prefix, rest = _split(subject)
    return rest if prefix in (Prefix.FORWARD, Prefix.EITHER) else subject


def _split(subject: str) -> tuple[Prefix, str]:
    rest = subject
    while tag := _TAG.match(rest):
        rest = rest[tag.end() :]
    head = _HEAD.match(rest)
    prefix = _WORDS.get(caseless(head[1]).rstrip("."), Prefix.NONE) if head else Prefix.NONE
    if not head or prefix == Prefix.NONE:
        return Prefix.NONE, subject
    inner = rest[head.end() :]
    bracketed = rest.lstrip().startswith("[")
    return prefix, inner.removesuffix("]") if bracketed else inner
