"""What a document says, and why one says nothing."""

from dataclasses import dataclass

MOST_CHARACTERS = 500_000
"""Of a document's text; as of a mail's."""
PROBLEMS = frozenset({"", "encrypted", "broken", "too_large", "too_long", "out_of_time", "out_of_memory", "no_text"})


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document's text as if all tracked changes were accepted, without its comments; how many it has of both.

    `problem` is "too_long" where the text was cut; with any other the text is "".
    """

    text: str
    tracked_changes: int = 0
    comments: int = 0
    problem: str = ""


class Unread(Exception):
    """A reader's word that it cannot read this document, with the problem's code."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
