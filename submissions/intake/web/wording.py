"""What the two forms say, where they say it differently."""

from dataclasses import dataclass

from submissions.models import Kind


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one form."""

    kind: Kind
    title: str
    noun: str
    body_hint: str
    button: str
    other: str
    other_link: str


LETTER = Wording(
    kind=Kind.LETTER,
    title="Send a letter to the editor",
    noun="letter",
    body_hint="Say what you think in your first line.",
    button="Send the letter",
    other="Is it longer, and an argument of its own?",
    other_link="Send an opinion piece",
)
OPINION = Wording(
    kind=Kind.OPINION,
    title="Send an opinion piece",
    noun="piece",
    body_hint="Say in the first paragraph what you argue and why you are the one to say it.",
    button="Send the piece",
    other="Is it short, or an answer to one of our articles?",
    other_link="Send a letter to the editor",
)
WORDINGS = {Kind.LETTER: LETTER, Kind.OPINION: OPINION}


def length_note(words: int, limit: int) -> str:
    """Return what the paper says of a text's length: it never refuses one for it."""
    if words > limit:
        return f"{words:,} of {limit:,} words: we may cut it, or ask you to"
    return f"{words:,} of {limit:,} words"
