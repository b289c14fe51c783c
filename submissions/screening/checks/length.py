"""How long it is."""

import re

from submissions.models import HousePolicy, Noticed, Severity
from submissions.screening.draft import Draft, notice

_RUN = re.compile(r"\S+")


def words(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Say how many words of how many it has; what lies beyond the limit is quoted. Counts as `count_words` does."""
    starts = [run.start() for run in _RUN.finditer(draft.body) if any(char.isalnum() for char in run[0])]
    count, least, most = len(starts), policy.min_words, policy.max_words
    message, severity, span = f"{count} of {most} words", Severity.INFO, None
    if count > most:
        severity, span = Severity.WARN, (starts[most], len(draft.body.rstrip()))
    elif count == 0:
        message, severity = "No text", Severity.WARN
    elif count < least:
        message, severity = f"{count} words; at least {least} are asked", Severity.WARN
    return [notice("words", message, severity=severity, span=span, body=draft.body, count=count, min=least, max=most)]
