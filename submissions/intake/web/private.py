"""Pages whose address is a secret: never cached, listed or told to another site."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from submissions.intake.web.errors import error_page

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Mark every answer of a view as private.

    A page with a form names `same-origin` after `no-referrer` (the last that a browser knows counts): under a bare
    `no-referrer` browsers post with `Origin: null`, which no CSRF check can accept. Neither tells other sites anything.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        posts = b'method="post"' in response.content
        response["Referrer-Policy"] = "no-referrer, same-origin" if posts else "no-referrer"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return marked


def page(request: HttpRequest, name: str, context: dict[str, object] | None = None, status: int = 200) -> HttpResponse:
    """Return one of this room's small pages."""
    return render(request, f"submissions/intake/web/{name}.html", context, status=status)


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page for a network that has asked too often."""
    response = error_page(request, 429)
    response["Retry-After"] = "1800"
    return response
