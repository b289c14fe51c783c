"""From a form that is right to what the one door takes."""

import hashlib
from typing import Any

from submissions.intake.receive import Arrival
from submissions.intake.web import traps
from submissions.intake.web.forms import SubmissionForm
from submissions.models import Channel, Role
from submissions.models.revision import text_sha256

AS_TYPED = (
    "body",
    "headline",
    "in_response_to",
    "name",
    "email",
    "phone",
    "address",
    "city",
    "region",
    "interests",
    "paid_by",
    "ai_use",
)
"""The fields that go to the door as they are."""


def arrival_of(form: SubmissionForm) -> Arrival:
    """Return what a valid form hands over, with what the traps caught."""
    data = form.cleaned_data
    return Arrival(
        **{name: data[name] for name in AS_TYPED},
        identity=_identity(form.wording.kind, data),
        kind=form.wording.kind,
        channel=Channel.WEB,
        role=Role(data["role"] or Role.NONE),
        exclusive=data["exclusive"],
        consented=data["consent"],
        policy=form.policy,
        files=data["attachments"],
        findings=traps.noticed(honeypot=data["website"], started=data["started"], policy=form.policy),
    )


def _identity(kind: str, data: dict[str, Any]) -> str:
    """Return the hash by which a double click or a reload is the same letter, and another text under one key is not."""
    typed = [data[name] for name in AS_TYPED]
    files = [part for file in data["attachments"] for part in (file.name, hashlib.sha256(file.content).hexdigest())]
    return text_sha256(data["key"], kind, data["role"], str(data["exclusive"]), *typed, *files)
