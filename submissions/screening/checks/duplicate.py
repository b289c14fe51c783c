"""The same text again."""

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import Draft, notice

NAMED_AT_MOST = 20


def duplicate(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice a text that came before, by anybody; `submissions` in its data are the ids, oldest first."""
    same, others = draft.history.same_text, draft.history.same_text_writers
    if not same:
        return []
    times = "once" if len(same) == 1 else f"{len(same)} times"
    whose = f"under {others} other name{'s' if others > 1 else ''}" if others else "from the same writer"
    message = f"The same text came {times} before, {whose}"
    return [notice("duplicate", message, submissions=list(same[:NAMED_AT_MOST]), count=len(same), writers=others)]
