"""The forms of running a piece: signed off, published, scheduled, printed elsewhere, retracted."""

from django import forms
from django.utils import timezone

from submissions.lifecycle import IllegalMove
from submissions.moderation.forms.base import Decision
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

    done, goes_on = "Ready", False

    def act(self) -> None:
        make_ready(self.submission, **self.decided)


class SignOff(Decision):
    """Record that the writer agreed to this very text."""

    done, goes_on = "Signed off and ready", False
    how = forms.ChoiceField(label="The writer agreed by", choices=[(how, how) for how in AGREED])

    def act(self) -> None:
        make_ready(self.submission, **self.decided, how=self.cleaned_data["how"])


class Waive(Decision):
    """Do without a sign-off that is owed, and say why."""

    permission = "submissions.waive_proof"
    done, goes_on = "Ready, without the writer's sign-off", False
    reason = forms.ChoiceField(label="Why", choices=WAIVERS)

    def act(self) -> None:
        make_ready(self.submission, **self.decided, waive=self.cleaned_data["reason"])


class Publish(Decision):
    """Put it on the site now."""

    permission, done = PUBLISH, "Published"

    def act(self) -> None:
        publishing.publish(self.submission, **self.decided)


class RanIn(Decision):
    """Record that it ran in print or elsewhere."""

    permission, done = PUBLISH, "Recorded as run"
    ran_in = forms.CharField(
        label="Where it ran", max_length=500, help_text="The page, such as A7 of 14 November, or an address."
    )

    def act(self) -> None:
        publishing.publish(self.submission, **self.decided, ran_in=self.cleaned_data["ran_in"])


class Schedule(Decision):
    """Give it a time to go live."""

    permission, done = PUBLISH, "Scheduled"
    at = forms.DateTimeField(
        label="Goes live on",
        help_text="The house's own time.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_at(self) -> object:
        """A time that is still to come."""
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError("That time has passed. Publish it now, or choose a later one.")
        return at

    def act(self) -> None:
        publishing.schedule(self.submission, **self.decided, at=self.cleaned_data["at"])


class Unschedule(Decision):
    """Take it off the schedule."""

    permission, done, goes_on = PUBLISH, "Taken off the schedule", False

    def act(self) -> None:
        publishing.unschedule(self.submission, **self.decided)


class Retract(Decision):
    """Take back what was published; its page will say so, and why."""

    permission, done, goes_on = "submissions.retract_submission", "Retracted", False
    reason = forms.CharField(label="What the page says", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def act(self) -> None:
        live = self.submission.publications.filter(retracted_at=None).first()
        if live is None:
            raise IllegalMove("There is no publication to retract.")
        publishing.retract(live, by=self.user, reason=self.cleaned_data["reason"])
