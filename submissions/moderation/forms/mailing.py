"""The forms for what came by mail: whose letter it is, who is answered, what its sign-off tells."""

from django import forms

from submissions.models import SignedBy
from submissions.moderation import asking, attribution, details
from submissions.moderation.forms.base import Decision

SIGNERS = [(signer.value, signer.label) for signer in (SignedBy.AUTHOR, SignedBy.FORWARDER)]


class Attribute(Decision):
    """Say whose letter a forwarded one is."""

    action, done, goes_on = attribution.attribute, "Settled whose letter it is", False
    signed_by = forms.TypedChoiceField(choices=SIGNERS, coerce=SignedBy)


class Acknowledge(Decision):
    """Send the acknowledgement that no machine sent, or ask the author."""

    action, done, versioned, goes_on = asking.acknowledge, "The mail leaves within a minute", False, False


class AskToPaste(Decision):
    """Ask the writer for the text itself."""

    action, done = asking.ask_to_paste, "Asked to paste the text; held until the writer answers"


class Take(Decision):
    """Fill in what the sign-off says."""

    action, done, versioned, goes_on = details.take_suggestion, "Taken from the sign-off", False, False
    suggestion = forms.IntegerField(widget=forms.HiddenInput)
