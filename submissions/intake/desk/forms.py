"""The form for a letter that came by post or phone and is typed in at the desk."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from submissions.intake.receive import Arrival, File
from submissions.intake.web import uploads
from submissions.intake.web.fields import FilesField, LineField, LinesField, PhoneField
from submissions.models import Channel, HousePolicy, Kind, Role
from submissions.models.revision import text_sha256
from submissions.moderation.forms.base import local_time
from submissions.textcount import count_words

TYPED = ("body", "headline", "in_response_to", "name", "email", "phone", "address", "city", "region")
"""The fields that go to the door as they are."""

SCANS = HousePolicy(
    attachments_max=10,
    attachment_max_bytes=25_000_000,
    attachment_types=["application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff", "text/plain"],
)
"""What readers may attach is the house policy's affair; a scan of their paper is ours."""


class DeskLetterForm(forms.Form):
    """Asks for what stands on the paper; a name, or some way to reach the writer, is enough."""

    kind = forms.TypedChoiceField(label="It is a", coerce=Kind)
    received_at = forms.DateTimeField(label="It came on", widget=local_time())
    name = LineField(label="Writer", max_length=200, required=False)
    address = LineField(label="Street address", max_length=300, required=False)
    city = LineField(label="Town", max_length=120, required=False)
    region = LineField(label="State", max_length=120, required=False)
    phone = PhoneField(max_length=64, required=False)
    email = forms.EmailField(max_length=254, required=False)
    headline = LineField(max_length=300, required=False)
    in_response_to = LineField(label="In response to", max_length=500, required=False)
    body = LinesField(label="Text, as it was written", max_length=100_000, widget=forms.Textarea(attrs={"rows": 14}))
    attachments = FilesField(label="Scans", required=False)
    consent = forms.BooleanField(
        label="It is signed, or the writer agreed on the phone that it may be printed", required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, kinds: Sequence[Kind]) -> None:
        super().__init__(*args)
        self.initial = {"key": secrets.token_urlsafe(16), "received_at": timezone.localtime()}
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean_received_at(self) -> datetime:
        """Refuse a day to come: the age of what waits is reckoned from it."""
        at: datetime = self.cleaned_data["received_at"]
        if at > timezone.now():
            raise forms.ValidationError("That day has not come yet.")
        return at

    def clean_body(self) -> str:
        """Refuse a text without a word."""
        body: str = self.cleaned_data["body"]
        if not count_words(body):
            raise forms.ValidationError("There is no text yet.")
        return body

    def clean_attachments(self) -> tuple[File, ...]:
        """Return the scans, known by their bytes; name each that is none."""
        taken, errors = uploads.judge(self.cleaned_data["attachments"], (), SCANS)
        if errors:
            raise forms.ValidationError(errors)
        return taken

    def clean(self) -> dict[str, Any]:
        """Ask for something to know the writer by."""
        data = self.cleaned_data
        if not any(data.get(name) or name in self.errors for name in ("name", "phone", "email")):
            self.add_error("name", "Give the writer's name, or a phone number or address to reach them.")
        return data

    def arrival(self) -> Arrival:
        """Return what is handed to the one door. The same form sent twice is one letter."""
        data = self.cleaned_data
        typed = {name: data[name] for name in TYPED}
        files = [hashlib.sha256(file.content).hexdigest() for file in data["attachments"]]
        return Arrival(
            **typed,
            identity=text_sha256("desk", data["key"], data["kind"], *typed.values(), *files),
            kind=data["kind"],
            channel=Channel.DESK,
            role=Role.NONE,
            consented=data["consent"],
            files=data["attachments"],
            received_at=data["received_at"],
        )
