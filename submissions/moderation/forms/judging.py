"""The forms of judging: is it for the paper, and what does its writer hear."""

from typing import Any

from django import forms

from submissions.models import HeldFor, HousePolicy, ReplyText
from submissions.moderation import actions
from submissions.moderation.forms.base import Decision
from submissions.publishing.plain_text import clean, one_line


class Shortlist(Decision):
    """Put it in the running."""

    done = "Shortlisted"

    def act(self) -> None:
        actions.shortlist(self.submission, **self.decided)


class Accept(Decision):
    """Choose it for a page."""

    done = "Accepted"

    def act(self) -> None:
        actions.accept(self.submission, **self.decided)


class PutBack(Decision):
    """Put it back among the new ones."""

    done = "Put back"

    def act(self) -> None:
        actions.put_back(self.submission, **self.decided)


class Resume(Decision):
    """Take a held one up again."""

    done, goes_on = "Taken up again", False

    def act(self) -> None:
        actions.resume(self.submission, **self.decided)


class Spam(Decision):
    """Put it among the spam."""

    done = "Marked as spam"

    def act(self) -> None:
        actions.spam(self.submission, **self.decided)


class Reopen(Decision):
    """Put an ended one among the new ones."""

    done = "Reopened"

    def act(self) -> None:
        actions.reopen(self.submission, **self.decided)


class Hold(Decision):
    """Set it aside, with what it waits for."""

    done = "Held"
    reason = forms.ChoiceField(label="Waits for", choices=HeldFor.choices)
    until = forms.DateTimeField(
        label="Look again on",
        required=False,
        help_text="Leave empty for no date. The house's own time.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def act(self) -> None:
        actions.hold(
            self.submission,
            **self.decided,
            reason=HeldFor(self.cleaned_data["reason"]),
            until=self.cleaned_data["until"],
        )


class Decline(Decision):
    """Say no, with a reason, and with or without a mail. Subject and text come from the reason unless typed."""

    done = "Declined"
    reason = forms.ChoiceField(label="Reason")
    write = forms.BooleanField(label="Tell the writer by email", required=False)
    subject = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"size": 60}))
    text = forms.CharField(max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replies = {reply.code: reply for reply in ReplyText.objects.all()}
        self.writes = HousePolicy.objects.in_force(self.submission.kind).decline_writes and bool(self.submission.email)
        choices = [(code, reply.label) for code, reply in self.replies.items()] or [("other", "No reason given")]
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)  # noqa: S101 for the type checker
        reason.choices = choices
        chosen = self.replies.get(self.initial.get("reason", choices[0][0]))
        self.initial.setdefault("write", self.writes)
        if chosen:
            self.initial |= {"reason": chosen.code, "subject": chosen.subject, "text": chosen.text}
        if not self.submission.email:
            self.fields["write"].disabled = True
            self.fields["write"].help_text = "There is no email address to write to."

    def clean(self) -> dict[str, Any]:
        """Fill an untouched subject or text from the reason; a mail has both."""
        data = self.cleaned_data
        if "quick" in self.data:
            data["write"] = self.writes
        reply = self.replies.get(data.get("reason", ""))
        data["subject"] = one_line(data.get("subject", "")) or (reply.subject if reply else "")
        data["text"] = clean(data.get("text", "")) or (reply.text if reply else "")
        if data.get("write") and not (data["subject"] and data["text"]):
            raise forms.ValidationError("A mail needs a subject and a text. Write both, or decline in silence.")
        return data

    def act(self) -> None:
        data = self.cleaned_data
        actions.decline(
            self.submission,
            **self.decided,
            reason=data["reason"],
            subject=data["subject"],
            text=data["text"],
            silent=not data["write"],
        )
