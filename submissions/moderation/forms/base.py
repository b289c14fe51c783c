"""What every decision's form has: the version that was decided on, and the one action it calls."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractUser

from submissions.models import Submission


class Decision(forms.Form):
    """One decision on one submission. Works as a plain form; its fields are given back where it cannot be made."""

    permission: ClassVar[str] = "submissions.change_submission"
    goes_on: ClassVar[bool] = True
    """Whether the next item of the queue opens afterwards."""
    done: ClassVar[str] = "Done"
    """What the desk says when it is made."""
    expecting = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, user: AbstractUser, **kwargs: Any) -> None:
        self.submission, self.user = submission, user
        kwargs.setdefault("initial", {})["expecting"] = submission.version
        super().__init__(*args, **kwargs)

    def act(self) -> None:
        """Call the action. Raises LifecycleError where it cannot be made."""
        raise NotImplementedError

    @property
    def decided(self) -> dict[str, Any]:
        """Who decided, and on which version: what every action asks for."""
        return {"by": self.user, "expecting": self.cleaned_data["expecting"]}
