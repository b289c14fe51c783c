"""Documents for tests, written by hand, and the files that they come in."""

import io
import zipfile
from collections.abc import Sequence

from submissions.intake.arrival import File
from submissions.intake.filetypes import media_type

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "drawing")
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
LETTER = (
    "To the Editor: The footbridge over Willow Creek has been closed since the spring flood, and the detour along the "
    "county road adds two miles to the walk that our children take to school. The council found money for a fountain "
    "that nobody asked for. It can find some for a bridge that everybody needs. Open it again before the snow comes. "
    "W. Prairie, Casper"
)
OTHER = (
    "My opponent's bins were collected on Tuesday, as they have been for thirty years, and nobody in the whole of Elm "
    "Street can say why ours were not. We rang the town hall, we wrote, we stood in line; a clerk told us that the "
    "lorry was new and did not know its way. Lorries learn slowly. Perhaps a map would help, or a driver who has seen "
    "the street before and likes it."
)


def a_file(content: bytes, name: str = "letter.docx") -> File:
    """A file as a door hands it over."""
    return File(name=name, content=content, media_type=media_type(content))


def zipped(**members: str | bytes) -> bytes:
    """A ZIP archive; "__" in a name stands for "/", "_dot_" for "."."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """A Word document with this XML in its body."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return zipped(word__document_dot_xml=document, **parts)


def w_p(text: str) -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, **parts: str | bytes) -> bytes:
    """An OpenDocument text with this XML in its body."""
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return zipped(mimetype=ODT_TYPE, content_dot_xml=f"{content}</office:document-content>", **parts)


def pdf(*pages: Sequence[tuple[int, int, str]], size: int = 12, picture: bool = False, trailer: str = "") -> bytes:
    """A PDF with lines of text at these places (points from the left, points from the bottom)."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\n0\nendstream",
    ]
    for number, lines in enumerate(pages):
        drawn = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)
        drawn += "\nq 500 0 0 700 0 0 cm /I1 Do Q" if picture else ""
        resources = "<< /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >>"
        content = f"/Contents {6 + 2 * number} 0 R"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources {resources} {content} >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    return pdf_of(objects, trailer)


def pdf_of(objects: Sequence[str], trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def written(text: str, width: int = 70) -> list[tuple[int, int, str]]:
    """Lines of a text as a page has them, each as long as it may be."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [(50, 700 - 14 * place, line) for place, line in enumerate([*lines, line])]
