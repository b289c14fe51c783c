"""What stands between a submission and the public, in plain words."""

from submissions.cleaning import one_line
from submissions.lifecycle import LifecycleError
from submissions.models import Kind, Submission
from submissions.publishing.disclaimers import applying
from submissions.publishing.plain_text import paragraphs
from submissions.publishing.sign_off import awaits_author, standing, text_of


class NotPublishable(LifecycleError):
    """Something is missing; `reasons` says what, each in a sentence."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def why_not(submission: Submission) -> list[str]:
    """Return why a submission cannot go out as it stands, a sentence each; empty when it can."""
    text = text_of(submission)
    reasons = []
    if not paragraphs(text.body):
        reasons.append("It has no text.")
    if submission.kind == Kind.UNSORTED:
        reasons.append("Sort it first, as a letter or as an opinion piece.")
    if not submission.writer.confirmed:
        reasons.append("The writer's address is not confirmed.")
    if awaits_author(submission):
        reasons.append("Somebody passed it on: settle whose it is, and let its author agree.")
    if not one_line(text.byline):
        reasons.append("It has no byline: give the name and town to print.")
    if submission.kind != Kind.UNSORTED and not applying(submission):
        reasons.append("No disclaimer applies to it: a chief editor must put one in force.")
    if standing(submission) is None:
        reasons.append("This text has no sign-off: make it ready first.")
    return reasons


def require(submission: Submission) -> None:
    """Raise NotPublishable unless a submission can go out as it stands."""
    reasons = why_not(submission)
    if reasons:
        raise NotPublishable(reasons)
