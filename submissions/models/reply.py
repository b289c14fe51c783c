"""A mail that answers one of ours: correspondence on its submission."""

from django.db import models
from django.utils import timezone


class Reply(models.Model):
    """What the writer, or somebody else, answered to a mail of ours."""

    submission = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="replies")
    message = models.OneToOneField("RawMessage", on_delete=models.PROTECT, related_name="reply")
    name = models.CharField(max_length=200, blank=True)
    address = models.EmailField(max_length=254, blank=True)
    by_writer = models.BooleanField(help_text="It came from the very address of the writer.")
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True, help_text="Quoted text and signature.")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"reply to submission {self.submission_id}"
