"""The newspaper itself, and the addresses at which it can be reached."""

import time
from copy import copy
from typing import Any

from django.db import connections, models, transaction

KEPT_SECONDS = 5.0
"""A process asks the database for the newspaper so often: every page and mail needs it, and it changes once a year."""

_kept: dict[type["Paper"], tuple[float, "Paper"]] = {}


class Paper(models.Model):
    """The one newspaper of this installation. Every name and text of it is data."""

    name = models.CharField(max_length=100)
    tagline = models.CharField(max_length=200, blank=True)
    about = models.TextField(
        blank=True, help_text="What the paper is and why it prints letters; shown on the front page."
    )
    opinion_label = models.CharField(max_length=60, default="Opinion")
    letter_label = models.CharField(max_length=60, default="Letter to the editor")
    footer = models.CharField(max_length=300, blank=True)
    reply_address = models.EmailField(help_text="Mail to writers comes from this address.")
    staff_addresses = models.TextField(
        blank=True,
        help_text="Addresses or whole domains (@example.org) of the staff, one a line, beside the accounts': "
        "what they forward is not answered.",
    )
    digest_minutes = models.PositiveSmallIntegerField(default=60, help_text="Editors hear of new items this often.")
    answers_per_hour = models.PositiveIntegerField(
        default=300, help_text="No more acknowledgements than this leave by themselves in an hour, whoever writes."
    )
    plus_addressing = models.BooleanField(
        default=True,
        help_text="Replies are sent to an address of their own, such as letters+k3x...@. "
        "Switch it off where the mail system knows no plus-addresses: some hosted mailboxes refuse them.",
    )

    class Meta:
        verbose_name = "newspaper"
        verbose_name_plural = "newspaper"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="paper_is_one")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a change; this process holds to it at once, the others within KEPT_SECONDS."""
        super().save(*args, **kwargs)
        transaction.on_commit(forget_kept_paper)

    @classmethod
    def current(cls) -> "Paper":
        """Return the newspaper; before it is seeded, an unsaved one without a name of its own."""
        if (kept := _kept.get(cls)) and kept[0] > time.monotonic():
            return copy(kept[1])
        found = cls.objects.first()
        # What a transaction sees may yet be rolled back: only what stands is kept.
        if found and not connections[cls.objects.db].in_atomic_block:
            _kept[cls] = (time.monotonic() + KEPT_SECONDS, copy(found))
        return found or cls(pk=1, name="Mailbag", reply_address="letters@localhost")


def forget_kept_paper() -> None:
    """Ask the database for the newspaper the next time."""
    _kept.clear()


class ContactAddress(models.Model):
    """One line of the contact page: an address and what it is for."""

    desk = models.CharField(max_length=80)
    address = models.CharField(max_length=200, help_text="An email address, a phone number or a postal address.")
    purpose = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "contact addresses"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["desk"], name="contact_address_desk_unique")]

    def __str__(self) -> str:
        return self.desk
