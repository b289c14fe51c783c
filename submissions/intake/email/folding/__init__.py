"""A letter apart from what its mail brings along: quotes, signatures and small print are folded, never deleted."""

from submissions.intake.email.folding.fold import fold
from submissions.intake.email.folding.folded import Fold, Folded, FoldKind, unfold

__all__ = ["Fold", "FoldKind", "Folded", "fold", "unfold"]
