"""Who and where a letter's writer is, as its sign-off says: suggestions for an editor, never facts."""

from submissions.intake.email.signature.reading import suggestions
from submissions.intake.email.signature.suggestion import Suggestion

__all__ = ["Suggestion", "suggestions"]
