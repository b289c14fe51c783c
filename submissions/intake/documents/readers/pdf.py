"""PDF files: the text that lies in them. A scan has none, unless whoever scanned it had it recognised."""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from submissions.intake.documents.document import MOST_CHARACTERS, Document, Unread
from submissions.intake.documents.flow import joined
from submissions.intake.documents.lines import Line, Pen, paragraphs_of, without_number

MOST_PAGES = 50
"""So many are read; what is longer is no letter."""
FEW_WORDS = 8
"""Of a page that is a picture: the line that a scanning program adds, and no letter."""
_COMMENTS = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT}


def read(content: bytes) -> Document:
    """Read the text of a file, its lines made paragraphs again and the numbers of its pages left out."""
    pdf = _open(content)
    pages: list[list[Line]] = []
    size = pictures = comments = 0
    for number in range(min(len(pdf), MOST_PAGES)):
        page = pdf[number]
        lines = [line for line in _lines(page) if line.text]
        text = " ".join(line.text for line in lines)
        pages.append(without_number(lines, number + 1))
        pictures += len(text.split()) < FEW_WORDS and _has_picture(page)
        comments += _comments(page)
        size += len(text)
        if size > MOST_CHARACTERS:
            break
    if pages and pictures == len(pages):
        raise Unread("no_text")
    return Document(
        text=joined(paragraphs_of(pages)), comments=comments, problem="too_long" if len(pages) < len(pdf) else ""
    )


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise Unread("encrypted" if locked else "broken") from error


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    """Yield the lines of a page by where its characters stand: the library parts some lines and runs others together.

    Text that is turned upright has a line a character; of such a page the library's own lines are taken.
    """
    text_page = page.get_textpage()
    count = min(text_page.count_chars(), MOST_CHARACTERS)
    lines = list(_drawn(text_page, count))
    if count and count / max(len(lines), 1) < 3:
        text = text_page.get_text_range(0, count).replace("\ufffe", "-\r\n")
        lines = [Line(text=line.strip(), left=0, right=len(line), base=0, size=1) for line in text.split("\r\n")]
    yield from lines


def _drawn(text_page: pypdfium2.PdfTextPage, count: int) -> Iterator[Line]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pen = Pen()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if raw.FPDFText_IsGenerated(text_page, index) == 1 and code != ord("\ufffe"):
            pen.space()
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        if pen.is_elsewhere(x.value, y.value):
            yield pen.line()
            pen = Pen()
        box = text_page.get_charbox(index, loose=True)
        pen.write(chr(code), x.value, y.value, box)
    yield pen.line()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _comments(page: pypdfium2.PdfPage) -> int:
    found = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 1000)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            found += raw.FPDFAnnot_GetSubtype(annotation) in _COMMENTS
            raw.FPDFPage_CloseAnnot(annotation)
    return found
