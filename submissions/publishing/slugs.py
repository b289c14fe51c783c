"""The last part of a page's address, made of its headline."""

from django.utils.text import slugify

from submissions.models import Publication

LONGEST = 72
"""Characters; the column holds 80, which leaves room for a number behind it."""


def slug_for(words: str, year: int, month: int) -> str:
    """Return a slug for these words that is still free in the month; "piece" where they hold no Latin letter."""
    whole = slugify(words)
    cut = whole[: LONGEST + 1].rpartition("-")[0] if len(whole) > LONGEST else whole
    stem = cut or whole[:LONGEST] or "piece"
    taken = set(
        Publication.objects.filter(year=year, month=month, slug__startswith=stem).values_list("slug", flat=True)
    )
    if stem not in taken:
        return stem
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{stem}-{n}") not in taken)
