"""Pieces on their way out, for the tests of this room."""

from typing import Any

from submissions.models import Disclaimer, Party, Publication, Revision, Submission
from submissions.publishing.actions import publish
from submissions.publishing.sign_off import make_ready
from submissions.states import State
from tests.factories import make_submission


def make_ready_piece(**fields: Any) -> Submission:
    """A submission that may go out."""
    submission = make_submission(State.ACCEPTED, **fields)
    make_ready(submission, by=Party.SYSTEM, expecting=submission.version)
    return submission


def make_publication(*, ran_in: str = "", **fields: Any) -> Publication:
    """A piece that went out."""
    submission = make_ready_piece(**fields)
    return publish(submission, by=Party.SYSTEM, expecting=submission.version, ran_in=ran_in)


def make_disclaimer(code: str, condition: str = "always", **fields: Any) -> Disclaimer:
    """A disclaimer in force."""
    return Disclaimer.objects.create(code=code, condition=condition, **{"text": f"About {code}.", **fields})


def edited(submission: Submission, **fields: str) -> Revision:
    """The next text of a submission, not yet stored: its current one but for some fields."""
    current = submission.current
    assert current is not None
    kept = {name: getattr(current, name) for name in ("headline", "body", "byline", "in_response_to")}
    return Revision(**{**kept, **fields})
