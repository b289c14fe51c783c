"""What came with a submission: files to download, messages as source. Nothing of it runs in the desk's own page."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from submissions import storage
from submissions.models import RawMessage
from submissions.moderation.admin.frame import editor, editors_only, frame
from submissions.moderation.admin.review import selection_for
from submissions.moderation.message_source import content_of, source_of
from submissions.permissions import get_attachment, get_message, get_submission

SAFE_TYPES = {"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"}


@require_safe
@editors_only
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Hand out a file, to be saved and never shown in place."""
    found = get_attachment(editor(request), file)
    if found.submission_id != pk or not found.file:
        raise Http404("No such file.")
    try:
        content = storage.path_of(found.file).open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404("The file is not in the store.") from error
    kind = found.media_type if found.media_type in SAFE_TYPES else "application/octet-stream"
    return sealed(FileResponse(content, as_attachment=True, filename=found.name, content_type=kind))


@require_safe
@editors_only
def message_source(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Show a raw message's source as plain text."""
    submission = get_submission(editor(request), pk)
    found = _message_of(request, pk, message)
    source, cut = source_of(content_or_404(found))
    selection = selection_for(request, submission)
    context = {"title": "Raw message", "submission": submission, "message": found, "source": source, "cut": cut}
    return render(request, "admin/submissions/submission/message.html", frame(request, selection, **context))


@require_safe
@editors_only
def message_download(request: HttpRequest, pk: int, message: int) -> HttpResponseBase:
    """Hand out a raw message as it was delivered."""
    return eml(_message_of(request, pk, message))


def eml(message: RawMessage) -> HttpResponseBase:
    """Return a message's bytes as a file to be saved."""
    response = HttpResponse(content_or_404(message), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="message-{message.pk}.eml"'
    return sealed(response)


def content_or_404(message: RawMessage) -> bytes:
    """Return a message's bytes; raises Http404 where they were erased or are gone."""
    try:
        content = content_of(message)
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404("The message's content is not here any more.")
    return content


def sealed(response: HttpResponseBase) -> HttpResponseBase:
    """Give a download the headers under which no browser runs or sniffs it."""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _message_of(request: HttpRequest, pk: int, message: int) -> RawMessage:
    found = get_message(editor(request), message)
    if found.submission_id != pk:
        raise Http404("No such message.")
    return found
