"""Who signs, and how to reach them."""

from submissions.models import HousePolicy, Noticed
from submissions.models.house_policy import IDENTITY_FIELDS
from submissions.screening.draft import Draft, notice


def identity(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice the fields that the policy asks for and that are empty, and a writer whom nobody can reach."""
    missing = policy.missing({field: getattr(draft, field) for field in IDENTITY_FIELDS})
    reachable = draft.email.strip() or draft.phone.strip()
    named = [IDENTITY_FIELDS[field] for field in missing]
    if not reachable and not {"email", "phone"} & set(missing):
        missing.append("contact")
        named.append("email or phone")
    if not missing:
        return []
    return [notice("identity", f"Missing: {', '.join(named)}", fields=missing)]
