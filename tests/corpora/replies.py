"""How well letters are told from what their mails bring along: the replies of discourse-reply-trimmer."""

from pathlib import Path

from submissions.intake.email.folding import fold, unfold
from tests.intake.email.mails import CORPORA

REPLIES = CORPORA / "discourse-reply-trimmer"
HOUSE_RULE = {
    "embedded_email_1.txt": "words below a quote are kept; there they are taken for a signature",
    "embedded_email_7.txt": "words below a quote are kept; a rule of underscores alone begins no signature",
    "spam_1.txt": "where nothing would be left, nothing is folded",
}
"""Replies that the corpus wants otherwise than we do, and why."""


def score() -> list[tuple[str, int, int]]:
    """Return rows (name, right, total): letters found as the corpus or our rules want, mails that lost no word."""
    mails = sorted((REPLIES / "emails").iterdir())
    right = [path.name for path in mails if trimmed_right(path)]
    ours = sum(path.name in right or path.name in HOUSE_RULE for path in mails)
    whole = sum(loses_nothing(path) for path in mails)
    return [
        ("replies: the letter alone, as the corpus wants it", len(right), len(mails)),
        ("replies: the same, but for our house rules", ours, len(mails)),
        ("replies: every word given back", whole, len(mails)),
    ]


def trimmed_right(path: Path) -> bool:
    """Whether what we keep of a mail is what the corpus expects, white space aside."""
    expected = (REPLIES / "trimmed" / path.name).read_text()
    return fold(path.read_text()).text.split() == expected.split()


def loses_nothing(path: Path) -> bool:
    """Whether folding and unfolding a mail gives all its words in their order."""
    text = path.read_text()
    return unfold(fold(text)).split() == text.split()
