"""Who signs, and how to reach them."""

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import Draft, notice

NAMES = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "address": "street address",
    "city": "town",
    "region": "state",
    "headline": "headline",
}


def identity(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice the fields that the policy asks for and that are empty, and a writer whom nobody can reach."""
    missing = [field for field in NAMES if field in policy.required_fields and not getattr(draft, field).strip()]
    reachable = draft.email.strip() or draft.phone.strip()
    named = [NAMES[field] for field in missing]
    if not reachable and not {"email", "phone"} & set(missing):
        missing.append("contact")
        named.append("email or phone")
    if not missing:
        return []
    return [notice("identity", f"Missing: {', '.join(named)}", fields=missing)]
