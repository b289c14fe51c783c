"""The forms of handling: who is at work on it, what it is, what its text says, what editors tell each other."""

from typing import Any

from django import forms

from submissions.cleaning import clean, one_line
from submissions.lifecycle import undo
from submissions.models import Kind
from submissions.moderation import actions
from submissions.moderation.forms.base import Decision

EDIT_REASONS = [
    ("style", "Spelling and style"),
    ("cut", "Cut for length"),
    ("facts", "A fact put right"),
    ("law", "Legal advice"),
    ("writer", "At the writer's request"),
    ("headline", "Headline or byline only"),
]
SORTS = [(kind.value, kind.label) for kind in (Kind.LETTER, Kind.OPINION)]


class Claim(Decision):
    """Take it on, or over from the editor whom the page showed."""

    action, done, versioned, goes_on = actions.claim, "Claimed", False, False
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Release(Decision):
    """Let it go."""

    action, done, versioned, goes_on = actions.release, "Released", False, False


class Sort(Decision):
    """Make it a letter or an opinion piece."""

    action, done, goes_on = actions.sort, "Sorted", False
    kind = forms.TypedChoiceField(choices=SORTS, coerce=Kind)


class Edit(Decision):
    """Save an edited text as a new revision."""

    action, done, goes_on = actions.edit, "Saved as a new revision", False
    headline = forms.CharField(max_length=300, required=False)
    body = forms.CharField(label="Text", max_length=100_000, strip=False, widget=forms.Textarea(attrs={"rows": 16}))
    byline = forms.CharField(max_length=300, required=False, help_text="As it is printed: name, town.")
    reason = forms.ChoiceField(label="What changed", choices=EDIT_REASONS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("headline", "body", "byline"):
            self.initial.setdefault(name, getattr(self.submission.current, name))

    def clean_headline(self) -> str:
        """Keep it on one line."""
        return one_line(self.cleaned_data["headline"])

    def clean_byline(self) -> str:
        """Keep it on one line."""
        return one_line(self.cleaned_data["byline"])

    def clean_body(self) -> str:
        """Take out what no reader can see; refuse a text with nothing in it."""
        body = clean(self.cleaned_data["body"]).strip("\n")
        if not body.strip():
            raise forms.ValidationError("The text is empty. Decline it if it should not run.")
        return body


class Note(Decision):
    """Tell the other editors something."""

    action, done, versioned, goes_on = actions.add_note, "Note added", False, False
    text = forms.CharField(label="Note", max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


class Verify(Decision):
    """Record that a call reached the writer."""

    action, done, versioned, goes_on = actions.verify, "Confirmed by phone", False, False


class Pin(Decision):
    """Pin it as a safety case."""

    action, done, versioned, goes_on = actions.pin, "Pinned as a safety case", False, False


class Unpin(Decision):
    """Take the pin off."""

    action, done, versioned, goes_on = actions.unpin, "Pin taken off", False, False


class Undo(Decision):
    """Take the last decision back."""

    action, done, goes_on = undo, "Undone", False
