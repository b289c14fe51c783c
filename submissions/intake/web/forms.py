"""The letter and opinion forms: what they ask, in plain words, and what they hand to the one door."""

import secrets
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property

from submissions.intake.receive import File
from submissions.intake.web import traps, uploads
from submissions.intake.web.fields import FilesField, LineField, LinesField, PhoneField
from submissions.intake.web.house_words import say_policy
from submissions.intake.web.layout import layout
from submissions.intake.web.wording import WORDINGS, length_note
from submissions.models import AiUse, HousePolicy, Kind, Role
from submissions.textcount import count_words

BODY_MAX = 100_000
"""Characters. Nobody is refused for a long letter; this is a book."""


class SubmissionForm(forms.Form):
    """One form for both kinds; the house policy decides what it requires and says beside it."""

    body = LinesField(error_messages={"required": "Write your text here: there is nothing to send yet."})
    headline = LineField(max_length=300)
    in_response_to = LineField(
        label="In response to", max_length=500, required=False, help_text="The headline or link of our article."
    )
    name = LineField(label="Your full name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    city = LineField(label="Town", max_length=120, widget=forms.TextInput({"autocomplete": "address-level2"}))
    region = LineField(label="State", max_length=120, widget=forms.TextInput({"autocomplete": "address-level1"}))
    address = LineField(
        label="Street address", max_length=300, widget=forms.TextInput({"autocomplete": "street-address"})
    )
    email = forms.EmailField(max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    phone = PhoneField(max_length=64, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}))
    role = forms.ChoiceField(
        label="Does one of these tie you to what you write about?",
        choices=Role,
        widget=forms.RadioSelect,
        initial=Role.NONE,
        required=False,
    )
    interests = LineField(
        label="Does anything else connect you to it?",
        help_text="A job, a campaign, money, family, a lawsuit. We print it beside your text; it rarely keeps one out.",
        max_length=1000,
        required=False,
    )
    paid_by = LineField(
        label="Does anybody pay you for writing this?",
        help_text="If so, who? Leave it empty if nobody does.",
        max_length=300,
        required=False,
    )
    ai_use = forms.ChoiceField(
        label="Did software such as a chatbot write any of it?",
        help_text="Saying so does not keep it out.",
        choices=AiUse,
        widget=forms.RadioSelect,
        required=False,
    )
    exclusive = forms.BooleanField(label="I have sent this to you alone.", required=False)
    attachments = FilesField(label="Files", required=False)
    consent = forms.BooleanField(error_messages={"required": "We need your word on this to print anything."})

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    started = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    terms = forms.IntegerField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, policy: HousePolicy, too_large: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        self.wording = WORDINGS[Kind(policy.kind)]
        self.too_large = too_large
        self.initial = {"key": secrets.token_urlsafe(16), "started": traps.start_mark(), **self.initial}
        self.initial["terms"] = policy.number
        say_policy(self.fields, policy)

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy draws it."""
        helper = FormHelper(self)
        helper.layout = layout(self.wording)
        helper.attrs = {"novalidate": "", "data-draft": self.policy.kind, "class": "letter"}
        helper.form_action = ""
        return helper

    @property
    def length_note(self) -> str:
        """What we say of the text's length, with and without JavaScript."""
        return length_note(count_words(str(self["body"].value() or "")), self.policy.max_words)

    @property
    def too_long(self) -> bool:
        """Whether the text has more words than the policy's."""
        return count_words(str(self["body"].value() or "")) > self.policy.max_words

    def clean_body(self) -> str:
        """Return the text. One without a word, or as long as a book, is refused and kept in the form."""
        body: str = self.cleaned_data["body"]
        if len(body) > BODY_MAX:
            raise forms.ValidationError(
                f"This is {len(body):,} characters long, and {BODY_MAX:,} is the most that we can take. "
                "Shorten it, then send it again: it is still here."
            )
        if not count_words(body):
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body

    def clean_terms(self) -> int | None:
        """Return the number of the terms that were shown; refuse consent to terms that no longer hold."""
        shown: int | None = self.cleaned_data["terms"]
        if shown is not None and shown != self.policy.number:
            agreed = {name: value for name, value in self.data.items() if name != "consent"}
            self.data = {**agreed, "terms": str(self.policy.number)}
            self.add_error("consent", "Our terms have changed while you wrote. Please read them again, then send.")
        return shown

    def clean_attachments(self) -> tuple[File, ...]:
        """Return the files that may come in; name each that may not."""
        taken, errors = uploads.judge(self.cleaned_data["attachments"], self.too_large, self.policy)
        if errors:
            raise forms.ValidationError(errors)
        return taken

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the writer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) or name in self.errors for name in ("email", "phone")):
            self.add_error("email", "Give an email address or a phone number, so that we can reach you.")
        return cleaned
