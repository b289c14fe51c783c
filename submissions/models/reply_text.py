"""The house's answers, ready to send and to change."""

from django.db import models

from submissions.states import Action


class ReplyText(models.Model):
    """A prepared answer to writers, chosen by reason and edited before it goes."""

    code = models.SlugField(max_length=40, unique=True, help_text="The reason, as it stands in the history.")
    action = models.CharField(max_length=12, choices=[(Action.DECLINE.value, "decline")], default=Action.DECLINE)
    label = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label
