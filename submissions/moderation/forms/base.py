"""What every decision's form has: the version that was decided on, and the one action it calls."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractUser

from submissions.lifecycle import StaleSubmission
from submissions.models import Submission


class Decision(forms.Form):
    """One decision on one submission. Works as a plain form; its fields are given back where it cannot be made."""

    action: ClassVar[Callable[..., object]]
    """What it calls; the other fields of the form are its arguments."""
    done: ClassVar[str]
    """What the desk says when it is made."""
    permission: ClassVar[str] = "submissions.change_submission"
    versioned: ClassVar[bool] = True
    """Whether it is refused once state or text have changed."""
    goes_on: ClassVar[bool] = True
    """Whether the next item of the queue opens afterwards."""
    expecting = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, user: AbstractUser, **kwargs: Any) -> None:
        self.submission, self.user = submission, user
        kwargs["initial"] = {"expecting": submission.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def act(self) -> None:
        """Call the action. Raises LifecycleError where it cannot be made, first of all StaleSubmission."""
        chosen = dict(self.cleaned_data)
        expecting = chosen.pop("expecting")
        if self.versioned and expecting != self.submission.version:
            raise StaleSubmission("Somebody has changed this submission since you opened it.")
        version = {"expecting": expecting} if self.versioned else {}
        type(self).action(self.submission, by=self.user, **version, **chosen)


def local_time(**attrs: str) -> forms.DateTimeInput:
    """Return the browser's own control for a day and a time, in the house's time zone."""
    return forms.DateTimeInput(attrs={"type": "datetime-local", **attrs}, format="%Y-%m-%dT%H:%M")
