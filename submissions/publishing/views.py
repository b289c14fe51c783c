"""What readers read."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from submissions.models import ContactAddress, Disclaimer, HousePolicy, Kind, Paper, Publication
from submissions.publishing.answering import answered
from submissions.publishing.contact_lines import link_of
from submissions.publishing.paging import page_of
from submissions.publishing.piece import Piece, on_site, pieces, with_places_named
from submissions.publishing.structured_data import opinion_news_article, script

PAGE = 20
"""Rows of a list."""
LATEST = 5
"""Pieces on the front page."""
KINDS = (Kind.LETTER, Kind.OPINION)

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """Make a page of it: for reading only, with an ETag and a 304 for who has it already."""
    return require_safe(conditional_page(view))


@page
def front(request: HttpRequest) -> HttpResponse:
    """Say what the paper asks of its readers, and show what they last wrote."""
    paper = Paper.current()
    context = {"paper": paper, "policies": _policies(), "pieces": pieces(list(on_site()[:LATEST]), paper)}
    return render(request, "submissions/publishing/front.html", context)


@page
def policy(request: HttpRequest) -> HttpResponse:
    """Show the house rules of each kind, the terms, and the disclaimers in force."""
    disclaimers = [(row, with_places_named(row.text)) for row in Disclaimer.objects.filter(active=True)]
    context = {"policies": _policies(), "disclaimers": disclaimers}
    return render(request, "submissions/publishing/policy.html", context)


@page
def contact(request: HttpRequest) -> HttpResponse:
    """Show every address and what it is for."""
    addresses = [(row, link_of(row.address)) for row in ContactAddress.objects.all()]
    return render(request, "submissions/publishing/contact.html", {"addresses": addresses})


@page
def opinion(request: HttpRequest) -> HttpResponse:
    """List what was published, newest first, all of it or one kind."""
    kind = request.GET.get("kind", "")
    rows = on_site().filter(kind=kind) if kind in KINDS else on_site()
    found, last = page_of(rows, "published_at", request.GET.get("before", ""), PAGE)
    paper = Paper.current()
    context = {
        "paper": paper,
        "pieces": pieces(found, paper),
        "kind": kind if kind in KINDS else "",
        "last": last,
        "first": "before" not in request.GET,
    }
    return render(request, "submissions/publishing/opinion.html", context)


@page
def article(request: HttpRequest, year: str, month: str, slug: str) -> HttpResponse:
    """Show a piece, or that it was taken back.

    A retracted piece answers 410: people read the notice all the same, while search engines and readers of feeds drop
    the piece at once, which a 200 would not tell them.
    """
    publication = (
        Publication.objects.filter(year=year, month=month, slug=slug, ran_in="")
        .select_related("revision", "submission")
        .first()
    )
    if publication is None:
        raise Http404("No such piece.")
    piece = Piece(publication, Paper.current())
    if publication.retracted_at or publication.revision.body is None:
        return render(request, "submissions/publishing/gone.html", {"paper": piece.paper, "piece": piece}, status=410)
    context = {
        "paper": piece.paper,
        "piece": piece,
        "answers": answered(publication.revision.in_response_to, piece.paper),
        "structured_data": script(opinion_news_article(piece)),
    }
    return render(request, "submissions/publishing/article.html", context)


@page
def corrections(request: HttpRequest) -> HttpResponse:
    """List what was taken back, newest first."""
    rows = (
        Publication.objects.filter(retracted_at__isnull=False)
        .order_by("-retracted_at", "-pk")
        .select_related("revision", "submission")
    )
    found, last = page_of(rows, "retracted_at", request.GET.get("before", ""), PAGE)
    paper = Paper.current()
    context = {"paper": paper, "pieces": pieces(found, paper), "last": last, "first": "before" not in request.GET}
    return render(request, "submissions/publishing/corrections.html", context)


def _policies() -> list[HousePolicy]:
    """Return the rules in force, letters first; before the paper is seeded there are none."""
    found = []
    for kind in KINDS:
        try:
            found.append(HousePolicy.objects.in_force(kind))
        except HousePolicy.DoesNotExist:
            continue
    return found
