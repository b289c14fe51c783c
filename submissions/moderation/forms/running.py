"""The forms of running a piece: signed off, published, scheduled, printed elsewhere, retracted."""

from datetime import datetime

from django import forms
from django.utils import timezone

from submissions.moderation import actions
from submissions.moderation.forms.base import Decision, local_time
from submissions.publishing import actions as publishing
from submissions.publishing.sign_off import AGREED, make_ready

PUBLISH = "submissions.publish_submission"
WAIVERS = [
    ("unreachable", "The writer cannot be reached"),
    ("deadline", "The page closes before an answer can come"),
    ("agreed_before", "The writer agreed to edits beforehand"),
    ("chief", "The chief editor's decision"),
]


class Ready(Decision):
    """Make it ready where no sign-off is owed."""

    action, done, goes_on = make_ready, "Ready", False


class SignOff(Decision):
    """Record that the writer agreed to this very text."""

    action, done, goes_on = make_ready, "Signed off and ready", False
    how = forms.ChoiceField(label="The writer agreed by", choices=[(how, how) for how in AGREED])


class Waive(Decision):
    """Do without a sign-off that is owed, and say why."""

    permission = "submissions.waive_proof"
    action, done, goes_on = make_ready, "Ready, without the writer's sign-off", False
    waive = forms.ChoiceField(label="Why", choices=WAIVERS)


class Publish(Decision):
    """Put it on the site now."""

    action, done, permission = publishing.publish, "Published", PUBLISH


class RanIn(Decision):
    """Record that it ran in print or elsewhere."""

    action, done, permission = publishing.publish, "Recorded as run", PUBLISH
    ran_in = forms.CharField(
        label="Where it ran", max_length=500, help_text="The page, such as A7 of 14 November, or an address."
    )


class Schedule(Decision):
    """Give it a time to go live."""

    action, done, permission = publishing.schedule, "Scheduled", PUBLISH
    at = forms.DateTimeField(label="Goes live on", widget=local_time())

    def clean_at(self) -> datetime:
        """Refuse a time that has passed."""
        at: datetime = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError("That time has passed. Publish it now, or choose a later one.")
        return at


class Unschedule(Decision):
    """Take it off the schedule."""

    action, done, permission, goes_on = publishing.unschedule, "Taken off the schedule", PUBLISH, False


class Retract(Decision):
    """Take back what was published; its page will say so, and why."""

    permission = "submissions.retract_submission"
    action, done, versioned, goes_on = actions.retract, "Retracted", False, False
    reason = forms.CharField(label="What the page says", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
