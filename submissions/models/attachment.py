"""A file that came with a submission."""

from django.db import models
from django.db.models import Q


class Attachment(models.Model):
    """A file, stored under the hash of its content; its type is what the bytes say, not its name."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255, help_text="The sender's name for it, made safe.")
    label = models.CharField(max_length=60, blank=True, help_text="What it is, where the type does not tell.")
    media_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=120, null=True, help_text="Name under media/; empty once erased.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(sha256=""), name="attachment_has_hash")]

    def __str__(self) -> str:
        return self.name
