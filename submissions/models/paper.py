"""The newspaper itself, and the addresses at which it can be reached."""

from django.db import models


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

    @classmethod
    def current(cls) -> "Paper":
        """Return the newspaper; before it is seeded, an unsaved one without a name of its own."""
        return cls.objects.first() or cls(pk=1, name="Mailbag", reply_address="letters@localhost")


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
