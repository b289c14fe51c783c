"""Text that shouts."""

import re
from itertools import groupby

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import Draft, notice

LETTERS_AT_LEAST = 20
SHARE = 0.7
PASSAGE = 10
"""So many words in a row are a passage; fewer are names and emphasis."""

_RUN = re.compile(r"\S+")


def capitals(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice a text, or a passage of it, that is written in capitals. Scripts without capitals never shout."""
    upper = sum(map(str.isupper, draft.body))
    cased = upper + sum(map(str.islower, draft.body))
    if upper < LETTERS_AT_LEAST:
        return []
    passage = max(_passages(draft.body), key=len, default=[])
    if not passage:
        return []
    span = (passage[0].start(), passage[-1].end())
    if upper >= SHARE * cased:
        return [notice("capitals", "Written in capitals", span=span, body=draft.body)]
    if len(passage) >= PASSAGE:
        return [notice("capitals", "A passage in capitals", span=span, body=draft.body)]
    return []


def _passages(body: str) -> list[list[re.Match[str]]]:
    """Return the runs of words in capitals; a number or a dash between them does not end one."""
    relevant = [run for run in _RUN.finditer(body) if run[0].isupper() or any(map(str.islower, run[0]))]
    return [list(group) for shouted, group in groupby(relevant, lambda run: run[0].isupper()) if shouted]
