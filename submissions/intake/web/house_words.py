"""What the house policy makes of a form: which fields it requires, and what it says beside them."""

from django import forms

from submissions.intake.web.uploads import kinds_text, size_text
from submissions.intake.web.wording import WORDINGS
from submissions.models import HousePolicy, Kind
from submissions.models.house_policy import IDENTITY_FIELDS

CALLED = {"name": "full name", "city": "town", "region": "state", "address": "street address", "email": "email address"}
"""What an error calls a field."""


def say_policy(fields: dict[str, forms.Field], policy: HousePolicy) -> None:
    """Make a form's fields ask what the policy asks, in its figures."""
    for name in IDENTITY_FIELDS:
        fields[name].required = name in policy.required_fields
        fields[name].error_messages["required"] = f"Give your {CALLED.get(name, name)}."
    _say_length(fields["body"], policy)
    fields["attachments"].help_text = (
        f"Up to {policy.attachments_max}, {size_text(policy.attachment_max_bytes)} each: "
        f"{kinds_text(policy.attachment_types)}."
    )
    if policy.exclusive:
        days = -(-policy.exclusive_release_hours // 24)
        fields["exclusive"].help_text = f"If we have not used it in {days} days, you are free to offer it elsewhere."
    fields["consent"].label = policy.terms
    fields["consent"].help_text = f"Our terms, version {policy.number}."


def _say_length(body: forms.Field, policy: HousePolicy) -> None:
    wording = WORDINGS[Kind(policy.kind)]
    body.label = f"Your {wording.noun}"
    body.help_text = f"{wording.body_hint} Up to {policy.max_words:,} words; we may cut a longer one."
    body.widget.attrs |= {"data-count-of": policy.max_words, "dir": "auto"}
