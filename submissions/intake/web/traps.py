"""What catches machines that fill forms. Nothing is refused: what they trap goes to the editors' Spam queue."""

import time

from django.core import signing

from submissions.models import HousePolicy, Noticed, Severity

START = signing.Signer(salt="mailbag.form.start")


def start_mark() -> str:
    """Return the signed time at which a form was shown."""
    return START.sign(str(int(time.time())))


def noticed(*, honeypot: str, started: str, policy: HousePolicy) -> tuple[Noticed, ...]:
    """Return what the traps caught: a field that no person sees was filled, or the form came back too soon."""
    caught = []
    if honeypot:
        message = "A field that only machines see was filled in (password managers do so too, at times)."
        caught.append(Noticed(rule="honeypot", severity=Severity.STOP, message=message, words=honeypot[:500]))
    if _seconds_since(started) < policy.minimum_fill_seconds:
        message = f"The form came back within {policy.minimum_fill_seconds} seconds, or without its own time mark."
        caught.append(Noticed(rule="too_fast", severity=Severity.STOP, message=message))
    return tuple(caught)


def _seconds_since(started: str) -> float:
    try:
        return time.time() - int(START.unsign(started))
    except signing.BadSignature:
        return -1
