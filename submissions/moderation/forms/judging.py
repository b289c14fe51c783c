"""The forms of judging: is it for the paper, and what does its writer hear."""

from typing import Any

from django import forms
from django.core.mail import EmailMultiAlternatives

from submissions.cleaning import clean, one_line
from submissions.models import HeldFor, HousePolicy, Notification, ReplyText
from submissions.moderation import actions
from submissions.moderation.forms.base import Decision, local_time
from submissions.notifications.contexts import NoLongerOwed
from submissions.notifications.render import render

NO_REASON = [("other", "No reason given")]


class Shortlist(Decision):
    """Put it in the running."""

    action, done = actions.shortlist, "Shortlisted"


class Accept(Decision):
    """Choose it for a page."""

    action, done = actions.accept, "Accepted"


class PutBack(Decision):
    """Put it back among the new ones."""

    action, done = actions.put_back, "Put back"


class Resume(Decision):
    """Take a held one up again."""

    action, done, goes_on = actions.resume, "Taken up again", False


class Spam(Decision):
    """Put it among the spam."""

    action, done = actions.spam, "Marked as spam"


class Reopen(Decision):
    """Put an ended one among the new ones."""

    action, done = actions.reopen, "Reopened"


class Hold(Decision):
    """Set it aside, with what it waits for."""

    action, done = actions.hold, "Held"
    reason = forms.TypedChoiceField(label="Waits for", choices=HeldFor.choices, coerce=HeldFor)
    until = forms.DateTimeField(
        label="Look again on", required=False, help_text="Leave it empty for no date.", widget=local_time()
    )


class Decline(Decision):
    """Say no, with a reason, and with or without a mail. Subject and text come from the reason unless typed."""

    action, done = actions.decline, "Declined"
    reason = forms.ChoiceField()
    write = forms.BooleanField(label="Tell the writer by email", required=False)
    subject = forms.CharField(max_length=200, required=False)
    text = forms.CharField(max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replies = {reply.code: reply for reply in ReplyText.objects.all()}
        choices = [(code, reply.label) for code, reply in self.replies.items()] or NO_REASON
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]
        policy = HousePolicy.objects.in_force(self.submission.kind)
        self.writes = policy.decline_writes and bool(self.submission.email)
        self.initial.setdefault("write", self.writes)
        chosen = self.replies.get(self.initial.get("reason", choices[0][0]))
        if chosen:
            self.initial.update(reason=chosen.code, subject=chosen.subject, text=chosen.text)
        if not self.submission.email:
            self.fields["write"].disabled = True
            self.fields["write"].help_text = "There is no email address to write to."

    @property
    def texts(self) -> dict[str, list[str]]:
        """The subject and text of each reason."""
        return {code: [reply.subject, reply.text] for code, reply in self.replies.items()}

    def clean(self) -> dict[str, Any]:
        """Fill what was left empty from the reason; a mail has a subject and a text. One key follows the policy."""
        data = self.cleaned_data
        reply = self.replies.get(data.get("reason", ""))
        write = self.writes if "quick" in self.data else data.pop("write", False)
        data.pop("write", None)
        data["subject"] = one_line(data.get("subject")) or (reply.subject if reply else "")
        data["text"] = clean(data.get("text")) or (reply.text if reply else "")
        data["silent"] = not write
        if write and not (data["subject"] and data["text"]):
            raise forms.ValidationError("A mail needs a subject and a text. Write both, or decline in silence.")
        return data

    def preview(self) -> EmailMultiAlternatives | None:
        """Return the very mail that would be sent, or None where none would; to be called on a valid form."""
        data = self.cleaned_data
        if data["silent"]:
            return None
        owed = Notification(
            template="decline",
            to=self.submission.email,
            submission=self.submission,
            subject=data["subject"],
            text=data["text"],
            message_id="<preview@localhost>",
        )
        try:
            return render(owed)
        except NoLongerOwed:  # what stands for an address is none
            return None
