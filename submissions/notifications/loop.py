"""Our mark on what we send, so that our own mail is known when it comes back."""

from django.core.signing import BadSignature, Signer

from submissions.models import Paper
from submissions.notifications.addresses import domain_of

HEADER = "X-Loop"


def mark(paper: Paper) -> str:
    """Return the value of our X-Loop header: our domain, signed, so that nobody else's mark is taken for ours."""
    return Signer(salt="mailbag.loop").sign(domain_of(paper))


def is_ours(value: str) -> bool:
    """Whether an X-Loop header was written by this installation."""
    try:
        Signer(salt="mailbag.loop").unsign("".join(value.split()))
    except BadSignature:
        return False
    return True
