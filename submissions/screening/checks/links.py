"""Web addresses in the text."""

import re

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import Draft, notice

_LINK = re.compile(r"(?:\bhttps?://|\bwww\.)[^\s<>\"'()\[\]{}]+", re.IGNORECASE)


def links(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice more links than the policy allows; the first one too many is quoted."""
    found = [match.span() for match in _LINK.finditer(draft.body)]
    if len(found) <= policy.max_links:
        return []
    message = f"{len(found)} links; {policy.max_links or 'none'} allowed"
    return [notice("links", message, span=found[policy.max_links], body=draft.body, count=len(found))]
