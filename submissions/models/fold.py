"""What stood in a mail beside the letter itself: folded away on the desk, never deleted."""

from django.db import models
from django.db.models import Q


class FoldKind(models.TextChoices):
    """What was folded."""

    QUOTE = "quote", "quoted text"
    SIGNATURE = "signature", "signature"
    DISCLAIMER = "disclaimer", "footer"
    COVERING = "covering", "covering note"


class Fold(models.Model):
    """One stretch of a mail's text that is not part of the letter."""

    submission = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="folds")
    kind = models.CharField(max_length=10, choices=FoldKind)
    text = models.TextField()
    after = models.PositiveIntegerField(help_text="Characters of the letter that stand before it.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=FoldKind.values), name="fold_kind_known")]

    def __str__(self) -> str:
        return self.get_kind_display()
