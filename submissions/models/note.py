"""A remark among editors."""

from django.conf import settings
from django.db import models


class Note(models.Model):
    """What an editor tells the others about a submission; writers never see it."""

    submission = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(max_length=10_000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
