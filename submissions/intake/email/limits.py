"""What is too much: for a message, by policy; for its parts, by house rule."""

from submissions.models import HousePolicy, Kind

DEFAULT_MESSAGE_BYTES = 50_000_000


def message_limit() -> int:
    """Return how many bytes a message may have: the most that the policy in force allows for any kind."""
    allowed = []
    for kind in (Kind.LETTER, Kind.OPINION):
        try:
            allowed.append(HousePolicy.objects.in_force(kind).message_max_bytes)
        except HousePolicy.DoesNotExist:
            continue
    return max(allowed, default=DEFAULT_MESSAGE_BYTES)
