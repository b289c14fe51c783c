"""The text of a submission, one row a version; number 0 is what arrived."""

import hashlib
import re
import unicodedata
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from submissions.textcount import count_words

_MARKS = re.compile(r"[^\w\s]|_")
"""What is neither letter nor digit nor white space."""


class Revision(models.Model):
    """A text as it stood. Append-only: content may only become NULL, and only under an erasure."""

    submission = models.ForeignKey("Submission", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=300, null=True)
    body = models.TextField(null=True)
    byline = models.CharField(max_length=300, null=True)
    in_response_to = models.CharField(max_length=500, null=True)
    words = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=40, blank=True, help_text="A code, such as cut, style, correction.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="revision_number_unique"),
            models.CheckConstraint(
                condition=Q(number=0) | Q(editor__isnull=False) | Q(reason="writer_sent"),
                name="revision_edit_has_editor",
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="revision_has_hash"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the hash and word count of the text with it."""
        if self._state.adding:
            self.seal()
        super().save(*args, **kwargs)

    def seal(self) -> None:
        """Set the hash and word count of a new text, before it is stored."""
        self.sha256 = text_sha256(self.headline or "", self.body or "", self.byline or "", self.in_response_to or "")
        self.words = count_words(self.body or "")


def byline_of(name: str, city: str) -> str:
    """Return how a piece is signed in print: name and town."""
    return ", ".join(part for part in (name, city) if part)


def text_sha256(*parts: str) -> str:
    """Return the SHA-256 (hex) of several texts, so that no two lists of parts give the same input."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def normalised_hash(text: str) -> str:
    """Return the hash under which two texts count as the same: case, white space, punctuation and marks do not matter.

    Empty for a text without a single letter or digit.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    words = " ".join(_MARKS.sub("", folded).split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest() if words else ""
