"""Pages of a list by the last row seen: the deepest costs what the first does, and nothing shifts as pieces come in."""

from django.db.models import Q, QuerySet

from submissions.models import Publication


def page_of(
    rows: QuerySet[Publication], field: str, before: str, size: int
) -> tuple[list[Publication], Publication | None]:
    """Return up to `size` rows, newest first by `field`, and the row behind which the next page begins, if any.

    `before` is the id of the last row of the page before, as it stood in the address; what is none starts at the top.
    """
    known = before.isascii() and before.isdigit() and len(before) < 19
    anchor = Publication.objects.filter(pk=before).first() if known else None
    at = getattr(anchor, field) if anchor else None
    if anchor and at:
        rows = rows.filter(Q(**{f"{field}__lt": at}) | Q(**{field: at}, pk__lt=anchor.pk))
    found = list(rows[: size + 1])
    return found[:size], found[size - 1] if len(found) > size else None
