"""What a piece answers: a headline that its writer typed, or the address of an article, which alone becomes a link."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from submissions.cleaning import one_line
from submissions.models import Paper
from submissions.publishing.piece import Piece, on_site
from submissions.publishing.plain_text import excerpt

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)
_LONGEST = 80
"""Characters of an address that are shown."""


@dataclass(frozen=True)
class Answered:
    """What is shown, and where it leads; `url` is empty where it leads nowhere."""

    text: str
    url: str = ""


def answered(typed: str | None, paper: Paper) -> Answered | None:
    """Return what a piece answers, or None. Only a plain http(s) address becomes a link; our own gets its headline."""
    line = one_line(typed)
    found = _ADDRESS.search(line)
    if not found:
        return Answered(line) if line else None
    url = found[0].rstrip(".,;:!?)]")
    words = " ".join(line.replace(found[0], " ").split()).strip(" :\u2013\u2014-()[]")
    if not _plain(url):
        return Answered(line)
    return Answered(words or _own_headline(url, paper) or excerpt(url.partition("://")[2], _LONGEST), url)


def _plain(url: str) -> bool:
    """Whether an address names a host and nothing that deceives about it."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc and url.isascii()
    except ValueError:
        return False


def _own_headline(url: str, paper: Paper) -> str:
    """Return the headline of one of our own pieces, or nothing."""
    if not url.startswith(f"{settings.SITE_URL}/"):
        return ""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    if match.url_name != "article":
        return ""
    publication = on_site().filter(**match.kwargs).first()
    return Piece(publication, paper).headline if publication else ""
