"""Everything that a decision needs, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from submissions.models import (
    Attachment,
    Finding,
    Kind,
    Note,
    Notification,
    Outcome,
    RawMessage,
    Revision,
    Severity,
    Submission,
)
from submissions.models.finding import GRAVEST_FIRST
from submissions.moderation.history import Line, history_of
from submissions.moderation.mailed import Mailed, mailed
from submissions.moderation.marks import Stretch, marked
from submissions.moderation.writer_card import WriterCard, writer_card
from submissions.publishing.gate import why_not
from submissions.states import State
from submissions.textdiff import word_diff

DECIDED_ON = (State.ACCEPTED, State.READY, State.SCHEDULED)
"""The states in which it matters what still stands between a piece and the page."""


@dataclass(frozen=True)
class Dossier:
    """One submission as the review page shows it."""

    submission: Submission
    text: Revision
    paragraphs: list[list[Stretch]]
    findings: list[Finding]
    limit: int
    missing: list[str]
    changes: list[tuple[str, str]]
    files: list[Attachment]
    messages: list[RawMessage]
    mails: list[Notification]
    mailed: Mailed
    notes: list[Note]
    history: list[Line]
    card: WriterCard

    @property
    def over(self) -> bool:
        """Whether the text is longer than the rules allow."""
        return self.text.words > self.limit

    @property
    def counted(self) -> bool:
        """Whether a check has already said how long it is."""
        return any(f.rule == "words" for f in self.findings)

    @property
    def within(self) -> bool:
        """Whether no check asks for a second look."""
        return not self.over and all(f.severity == Severity.INFO for f in self.findings)


def dossier(submission: Submission, kinds: Sequence[Kind]) -> Dossier:
    """Gather what the review page shows; `kinds` are those that the editor may see."""
    text = submission.current
    assert text is not None  # noqa: S101 begin() gives every submission its text
    findings = list(
        submission.findings.filter(revision=text).select_related("policy").order_by(GRAVEST_FIRST, "start", "pk")
    )
    return Dossier(
        submission=submission,
        text=text,
        paragraphs=marked(text.body or "", findings),
        findings=findings,
        limit=submission.policy.max_words,
        missing=why_not(submission) if submission.state in DECIDED_ON else [],
        changes=_changes(submission, text),
        files=list(submission.attachments.all()),
        messages=_messages(submission),
        mails=list(submission.notifications.order_by("pk")),
        mailed=mailed(submission, kinds),
        notes=list(submission.notes.select_related("author")),
        history=history_of(submission),
        card=writer_card(submission, kinds),
    )


def _changes(submission: Submission, text: Revision) -> list[tuple[str, str]]:
    """Return the words that were cut from and added to what the writer sent."""
    own = submission.own_text()
    if text.number == own.number:
        return []
    return list(word_diff(own.body or "", text.body or ""))


def _messages(submission: Submission) -> list[RawMessage]:
    linked = RawMessage.objects.filter(submission=submission).defer("content")
    return list(linked.filter(~Q(outcome=Outcome.WAITING)).order_by("pk"))
