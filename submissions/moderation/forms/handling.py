"""The forms of handling: who is at work on it, what it is, what its text says, what editors tell each other."""

from typing import Any

from django import forms

from submissions.lifecycle import StaleSubmission, undo
from submissions.models import ConfirmedHow, Kind
from submissions.moderation import actions
from submissions.moderation.forms.base import Decision
from submissions.moderation.verification import confirm
from submissions.publishing.plain_text import clean, one_line

EDIT_REASONS = [
    ("style", "Spelling and style"),
    ("cut", "Cut for length"),
    ("facts", "A fact put right"),
    ("law", "Legal advice"),
    ("writer", "At the writer's request"),
    ("headline", "Headline or byline only"),
]


class Claim(Decision):
    """Take it on, or over from the editor whom the page showed."""

    done, goes_on = "Claimed", False
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def act(self) -> None:
        actions.claim(self.submission, by=self.user, seen=self.cleaned_data["seen"])


class Release(Decision):
    """Let it go."""

    done, goes_on = "Released", False

    def act(self) -> None:
        actions.release(self.submission, by=self.user)


class Sort(Decision):
    """Make it a letter or an opinion piece."""

    done, goes_on = "Sorted", False
    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in (Kind.LETTER, Kind.OPINION)])

    def act(self) -> None:
        actions.sort(self.submission, **self.decided, kind=Kind(self.cleaned_data["kind"]))


class Edit(Decision):
    """Save an edited text as a new revision."""

    done, goes_on = "Saved as a new revision", False
    headline = forms.CharField(max_length=300, required=False)
    body = forms.CharField(max_length=100_000, strip=False, widget=forms.Textarea(attrs={"rows": 18}))
    byline = forms.CharField(max_length=300, required=False, help_text="As it is printed: name, town.")
    reason = forms.ChoiceField(label="What changed", choices=EDIT_REASONS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.submission.current
        if current:
            for name in ("headline", "body", "byline"):
                self.initial.setdefault(name, getattr(current, name))

    def clean_headline(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["headline"])

    def clean_byline(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["byline"])

    def clean_body(self) -> str:
        """Without what no reader can see; a text with nothing in it is no text."""
        body = clean(self.cleaned_data["body"]).strip("\n")
        if not body.strip():
            raise forms.ValidationError("The text is empty. Decline it if it should not run.")
        return body

    def act(self) -> None:
        text = {name: self.cleaned_data[name] for name in ("headline", "body", "byline", "reason")}
        actions.edit(self.submission, **self.decided, **text)


class Note(Decision):
    """Tell the other editors something."""

    done, goes_on = "Note added", False
    text = forms.CharField(label="Note", max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))

    def act(self) -> None:
        actions.add_note(self.submission, by=self.user, text=self.cleaned_data["text"])


class Verify(Decision):
    """Record that a call reached the writer."""

    done, goes_on = "Confirmed by phone", False

    def act(self) -> None:
        confirm(self.submission.writer, ConfirmedHow.CALL, by=self.user)


class Pin(Decision):
    """Pin it as a safety case."""

    done, goes_on = "Pinned as a safety case", False

    def act(self) -> None:
        actions.pin(self.submission, by=self.user)


class Unpin(Decision):
    """Take the pin off."""

    done, goes_on = "Pin taken off", False

    def act(self) -> None:
        actions.pin(self.submission, by=self.user, pinned=False)


class Undo(Decision):
    """Take the last decision back."""

    done, goes_on = "Undone", False

    def act(self) -> None:
        if self.submission.version != self.cleaned_data["expecting"]:
            raise StaleSubmission("Something else has happened since that decision, so it was not undone.")
        undo(self.submission, **self.decided)
