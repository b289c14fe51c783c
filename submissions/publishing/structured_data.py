"""What a piece says to machines: schema.org's OpinionNewsArticle as JSON-LD."""

import json
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from submissions.publishing.piece import Piece, absolute

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def opinion_news_article(piece: Piece) -> dict[str, Any]:
    """Return a piece as an OpinionNewsArticle.

    Its disclaimers are the `backstory`, schema.org's place for what a reader should know of how a text came about.
    """
    principles = absolute(reverse("policy"))
    return {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle",
        "headline": piece.headline,
        "articleSection": piece.label,
        "articleBody": "\n\n".join(piece.paragraphs),
        "backstory": " ".join([*piece.top, *piece.foot]),
        "datePublished": piece.published.isoformat(timespec="seconds"),
        "dateModified": piece.published.isoformat(timespec="seconds"),
        "author": _author(piece),
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": piece.paper.name,
            "url": absolute(reverse("front")),
            "publishingPrinciples": principles,
        },
        "publishingPrinciples": principles,
        "mainEntityOfPage": piece.canonical,
        "url": piece.canonical,
        "isAccessibleForFree": True,
    }


def _author(piece: Piece) -> dict[str, Any]:
    author: dict[str, Any] = {"@type": "Person", "name": piece.name}
    if piece.place:
        author["homeLocation"] = {"@type": "Place", "name": piece.place}
    return author


def script(data: dict[str, Any]) -> SafeString:
    """Return data as a JSON-LD block for a page. A data block is not run, so no script policy is asked for it."""
    safe = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 nothing in it can end the block
