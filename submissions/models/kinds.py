"""What a submission is, how it came, and how grave a finding is: the small vocabularies."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a submission is."""

    LETTER = "letter", "letter"
    OPINION = "opinion", "opinion piece"
    UNSORTED = "unsorted", "unsorted"


class Channel(TextChoices):
    """How a submission came in."""

    WEB = "web", "web form"
    EMAIL = "email", "email"
    DESK = "desk", "typed in at the desk"


class Role(TextChoices):
    """What ties a writer to the subject, asked in plain words."""

    NONE = "none", "None of these"
    OFFICE_HOLDER = "office_holder", "I hold a public office"
    CANDIDATE = "candidate", "I am a candidate or work for a campaign"
    ORGANIZATION = "organization", "I write for an organization, a company or a union"
    STAFF = "staff", "I work for this newspaper"


class AiUse(TextChoices):
    """What a writer says of software that writes."""

    NONE = "none", "No"
    HELPED = "helped", "It checked or polished my own text"
    WROTE = "wrote", "It wrote some or all of the text"


class Severity(TextChoices):
    """How grave a finding is. It informs; an editor decides."""

    STOP = "stop", "stops"
    WARN = "warn", "look here"
    INFO = "info", "for information"
