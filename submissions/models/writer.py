"""Who signs."""

from django.db import models
from django.db.models import Q


class ConfirmedHow(models.TextChoices):
    """By what an address was confirmed."""

    LINK = "link", "by link"
    REPLY = "reply", "by reply"
    VOUCHED = "vouched", "the mail system vouches"
    CALL = "call", "by phone call"


class WriterQuerySet(models.QuerySet["Writer"]):
    """Questions about writers."""

    def known_by(self, address: str, *, name: str) -> "Writer":
        """Return the writer of an address, made if there is none; without an address a new one. Nothing is changed."""
        if not address:
            return self.create(name=name)
        return self.get_or_create(email=address.casefold(), defaults={"name": name})[0]


class Writer(models.Model):
    """One person who writes, known by email address or, without one, by phone and name.

    Confirmation belongs to the address: it says that mail (or a call) reaches the writer, not who the person is.
    """

    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, null=True, blank=True)
    phone = models.CharField(max_length=32, blank=True, help_text="E.164, such as +13075550134.")
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, choices=ConfirmedHow, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True, help_text="When mail to the address last came back.")
    bounce_status = models.CharField(max_length=12, blank=True, help_text="Such as 5.1.1 (RFC 3463).")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WriterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["phone"], name="writer_phone")]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="writer_email_unique"),
            models.CheckConstraint(condition=Q(email=None) | ~Q(email=""), name="writer_email_null_or_given"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_how="")
                | (Q(confirmed_at__isnull=False) & Q(confirmed_how__in=ConfirmedHow.values)),
                name="writer_confirmed_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or "nameless writer"

    @property
    def confirmed(self) -> bool:
        """Whether mail or a call has reached this writer."""
        return self.confirmed_at is not None
