"""Why a text may run: the writer agreed to it, need not be asked, or somebody took it upon themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Basis(models.TextChoices):
    """On what a text may run."""

    SIGNED = "signed", "signed off by the writer"
    NOT_OWED = "not_owed", "not owed under the house policy"
    WAIVED = "waived", "waived with a reason"


class SignOff(models.Model):
    """One revision's leave to run, bound to its hash. Silence is never consent. Append-only."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="sign_offs")
    sha256 = models.CharField(max_length=64)
    basis = models.CharField(max_length=10, choices=Basis)
    how = models.CharField(max_length=20, blank=True, help_text="A code: page, mail, phone, or why it was waived.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # A text first not owed may be signed after all: once it is sorted as an opinion piece, say.
            models.UniqueConstraint(fields=["revision", "basis"], name="sign_off_basis_once"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="sign_off_basis_known"),
            models.CheckConstraint(
                condition=~Q(basis="waived") | (Q(by__isnull=False) & ~Q(how="")), name="sign_off_waiver_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_basis_display()
