"""Why a writer should be asked to paste the text: it came in a form that the house cannot read."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from submissions.intake.documents.kinds import is_old_word, is_pages, is_sealed, kind_of
from submissions.intake.documents.letter import LEAST_WORDS, NOTE_WORDS, documents_in, is_note
from submissions.textcount import count_words

if TYPE_CHECKING:
    from submissions.intake.arrival import File

PHOTO_BYTES = 10_000
"""A smaller picture is a logo in a signature, and no page that could be read."""
_CLOUDS = (
    r"docs\.google\.com|drive\.google\.com|dropbox\.com|db\.tt|1drv\.ms|onedrive\.(?:live\.)?com|sharepoint\.com"
    r"|icloud\.com|wetransfer\.com|we\.tl|box\.com|mega\.nz|swisstransfer\.com|transfernow\.net|hightail\.com"
)
_CLOUD_LINK = re.compile(rf"https?://(?:[\w-]{{1,63}}\.){{0,4}}(?:{_CLOUDS})/\S", re.IGNORECASE | re.ASCII)
_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_PAGES_LIKE = {"docx", "odt", "pdf"}
"""Documents that may hold nothing but pictures of pages."""


def unreadable(files: "Sequence[File]", body: str) -> str:
    """Return why the letter cannot be read, "" where it can: the body is more than a note, or a document has the text.

    "encrypted", "pages" (Apple's), "old_word" (Word 97 to 2003), "scan" (a document of pictures), "photo" (nothing but
    pictures, and a body under 40 words) or "cloud_link" (a body that is little more than a link to a file elsewhere).
    Never raises.
    """
    says_much = count_words(_without_links(body)) >= NOTE_WORDS
    if says_much and not (files and is_note(body)):  # to read a document takes longer than all the rest of a mail
        return ""
    documents = list(documents_in(files))
    if any(count_words(found.document.text) >= LEAST_WORDS for found in documents):
        return ""
    problems = {found.document.problem for found in documents if kind_of(found.file) in _PAGES_LIKE}
    reasons = {
        "encrypted": "encrypted" in problems or any(map(is_sealed, files)),
        "pages": any(map(is_pages, files)),
        "old_word": any(map(is_old_word, files)),
        "scan": "no_text" in problems,
    }
    reason = next((reason for reason, holds in reasons.items() if holds), "")
    if reason:
        return reason if is_note(body) else ""
    if says_much:
        return ""
    if _CLOUD_LINK.search(body):
        return "cloud_link"
    return "photo" if _are_photos(files) else ""


def _without_links(body: str) -> str:
    return _LINK.sub(" ", body) if "://" in body or "www." in body.lower() else body


def _are_photos(files: "Sequence[File]") -> bool:
    """Whether there is nothing but pictures, at least one of them large enough for a page."""
    if not all(file.media_type.startswith("image/") for file in files):
        return False
    return any(len(file.content) >= PHOTO_BYTES for file in files)
