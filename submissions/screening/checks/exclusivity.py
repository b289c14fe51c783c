"""Whether it was sent to this paper alone."""

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import Draft, notice


def not_exclusive(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice a writer who says that others have it too, where the policy asks for it alone. Not asked is no answer."""
    if policy.exclusive and draft.exclusive is False:
        return [notice("not_exclusive", "The writer says that others have it too")]
    return []
