"""What may be done with a piece of the demo, each by the same function that the desk or the writer's page calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from submissions import lifecycle
from submissions.models import ConfirmedHow, HeldFor, Kind, Party, ReplyText, Submission
from submissions.moderation import actions, verification, withdrawal
from submissions.publishing import actions as publishing
from submissions.publishing.sign_off import make_ready, text_of
from submissions.screening.actions import rescreen
from submissions.seeding.clock import moment
from submissions.seeding.pieces import Step
from submissions.states import State


@dataclass(frozen=True)
class Scene:
    """One step, the submission as it stands before it, who acts, and the day on which the seeds are loaded."""

    submission: Submission
    step: Step
    user: User | None
    today: datetime

    @property
    def decided(self) -> dict[str, Any]:
        """Who decided, and on which version."""
        return {"by": self.user, "expecting": self.submission.version}

    @property
    def until(self) -> datetime | None:
        """Until when, or from when on."""
        return moment(self.step.until, self.today) if self.step.until else None


def _confirm(scene: Scene) -> None:
    how = ConfirmedHow(scene.step.how or ConfirmedHow.LINK)
    verification.confirm(scene.submission.writer, how, by=scene.user or Party.WRITER)


def _hold(scene: Scene) -> None:
    actions.hold(scene.submission, reason=HeldFor(scene.step.reason), until=scene.until, **scene.decided)


def _decline(scene: Scene) -> None:
    """Decline with the house's answer; only a step that says so tells the writer."""
    reply = ReplyText.objects.get(code=scene.step.reason)
    actions.decline(
        scene.submission,
        reason=reply.code,
        subject=reply.subject,
        text=reply.text,
        silent=not scene.step.tell,
        **scene.decided,
    )


def _edit(scene: Scene) -> None:
    """Save the current text with each of the step's changes made in it. Raises ValueError where one does not fit."""
    before = text_of(scene.submission)
    body = before.body or ""
    for old, new in scene.step.change:
        if old not in body:
            raise ValueError(f"the text has no {old!r}")
        body = body.replace(old, new)
    actions.edit(
        scene.submission,
        headline=scene.step.headline or before.headline or "",
        body=body,
        byline=scene.step.byline or before.byline or "",
        reason=scene.step.reason,
        **scene.decided,
    )
    rescreen(scene.submission)


def _withdraw(scene: Scene) -> None:
    withdrawal.withdraw(scene.submission, by=Party.WRITER, expecting=scene.submission.version)


def _restore(scene: Scene) -> None:
    withdrawal.restore(scene.submission, by=Party.WRITER, expecting=scene.submission.version)


def _retract(scene: Scene) -> None:
    live = scene.submission.publications.get(retracted_at=None)
    publishing.retract(live, by=scene.decided["by"], reason=scene.step.text)


def _schedule(scene: Scene) -> None:
    publishing.schedule(scene.submission, at=scene.until or timezone.now(), **scene.decided)


STEPS: dict[str, Callable[[Scene], object]] = {
    "confirm": _confirm,
    "claim": lambda scene: actions.claim(scene.submission, by=scene.decided["by"], seen=scene.submission.assignee_id),
    "note": lambda scene: actions.add_note(scene.submission, by=scene.decided["by"], text=scene.step.text),
    "sort": lambda scene: actions.sort(scene.submission, kind=Kind(scene.step.kind), **scene.decided),
    "shortlist": lambda scene: actions.shortlist(scene.submission, **scene.decided),
    "put_back": lambda scene: actions.put_back(scene.submission, **scene.decided),
    "hold": _hold,
    "accept": lambda scene: actions.accept(scene.submission, **scene.decided),
    "edit": _edit,
    "send_proof": lambda scene: lifecycle.move(scene.submission, State.PROOF, **scene.decided),
    "ready": lambda scene: make_ready(scene.submission, how=scene.step.how, **scene.decided),
    "schedule": _schedule,
    "publish": lambda scene: publishing.publish(scene.submission, ran_in=scene.step.ran_in, **scene.decided),
    "retract": _retract,
    "decline": _decline,
    "spam": lambda scene: actions.spam(scene.submission, **scene.decided),
    "undo": lambda scene: lifecycle.undo(scene.submission, **scene.decided),
    "withdraw": _withdraw,
    "restore": _restore,
}
"""Every `do` of a seed file."""
