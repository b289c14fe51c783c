"""A published piece as every form of it shows it: the page, the index, the feed, the data for machines."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from submissions.cleaning import one_line
from submissions.models import Kind, Paper, Placement, Publication
from submissions.publishing.plain_text import excerpt, paragraphs

OWN_WORDS = {"{interests}": "interests", "{paid_by}": "paid_by"}
"""The places that the paper may leave in a disclaimer, and the writer's own words that are printed there."""

_PLACE = re.compile("|".join(map(re.escape, OWN_WORDS)))


def with_places_named(text: str) -> str:
    """Return a disclaimer as a rule: where the writer's own words would stand, it says so."""
    return _PLACE.sub("[the writer's own words]", text)


def absolute(path: str) -> str:
    """Return the full address of one of our own paths."""
    return f"{settings.SITE_URL}{path}"


def on_site() -> QuerySet[Publication]:
    """Return what readers find on the site, newest first, with all that a Piece needs."""
    return Publication.objects.live().filter(revision__body__isnull=False).select_related("revision", "submission")


@dataclass(frozen=True)
class Piece:
    """One publication, cleaned for print. Nothing in it is HTML."""

    publication: Publication
    paper: Paper

    @property
    def label(self) -> str:
        """What it is, in the paper's words: "Letter to the editor", "Opinion"."""
        return self.paper.letter_label if self.publication.kind == Kind.LETTER else self.paper.opinion_label

    @cached_property
    def headline(self) -> str:
        """The headline; without one, whose it is."""
        noun = "A letter from" if self.publication.kind == Kind.LETTER else "By"
        return one_line(self.publication.revision.headline) or f"{noun} {self.name}"

    @property
    def byline(self) -> str:
        """Who signs, as printed: usually name and town."""
        return one_line(self.publication.revision.byline)

    @property
    def name(self) -> str:
        """The byline up to its first comma."""
        return self.byline.partition(",")[0]

    @property
    def place(self) -> str:
        """The byline behind its first comma, if there is one."""
        return self.byline.partition(",")[2].strip()

    @cached_property
    def paragraphs(self) -> list[str]:
        """The text."""
        return paragraphs(self.publication.revision.body)

    @property
    def beginning(self) -> str:
        """The first words of the text, for lists and previews."""
        return excerpt(self.publication.revision.body, 200)

    @property
    def top(self) -> list[str]:
        """The disclaimers above the text."""
        return self._disclaimers(Placement.TOP)

    @property
    def foot(self) -> list[str]:
        """The disclaimers below the text."""
        return self._disclaimers(Placement.FOOT)

    @property
    def published(self) -> datetime:
        """When it went live, by the paper's own clock."""
        return timezone.localtime(self.publication.published_at)

    @property
    def path(self) -> str:
        """The path of its page."""
        return self.publication.get_absolute_url()

    @property
    def canonical(self) -> str:
        """The full address of its page."""
        return absolute(self.path)

    @property
    def respond_path(self) -> str:
        """The letter form, filled in with what it answers."""
        return f"{reverse('letter_form')}?{urlencode({'in_response_to': self.canonical})}"

    def _disclaimers(self, placement: str) -> list[str]:
        """Return the frozen texts of one place, filled in."""
        return [self._filled(one_line(d["text"])) for d in self.publication.disclaimers if d["placement"] == placement]

    def _filled(self, text: str) -> str:
        """Put in what the writer declared: it stays with the submission, where an erasure finds it."""
        return _PLACE.sub(lambda place: one_line(getattr(self.publication.submission, OWN_WORDS[place[0]])), text)


def pieces(publications: list[Publication], paper: Paper) -> list[Piece]:
    """Return publications as pieces of one paper."""
    return [Piece(publication, paper) for publication in publications]
