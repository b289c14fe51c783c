"""What every page's template may name."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from submissions.models import Paper


def paper(_request: HttpRequest) -> dict[str, "SimpleLazyObject[Paper]"]:
    """Give templates the newspaper as `paper`, fetched when first used."""
    return {"paper": SimpleLazyObject(Paper.current)}
