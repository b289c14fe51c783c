"""Who vouches for a sender, and whose word about it counts."""

from submissions.intake.email.trust.spam import spam_verdict
from submissions.intake.email.trust.verdict import Trust, trust_of

__all__ = ["Trust", "spam_verdict", "trust_of"]
