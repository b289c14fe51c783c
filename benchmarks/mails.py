"""A day's mail of a letters desk for benchmarks: always the same messages, none of them anybody's."""

import io
import zipfile
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from random import Random

TEXT = """
the town bridge council road school winter water library taxes bus county editor reader paper vote park river children
street night money plan year people work house fence café Señor naïve “quoted” never again where they because should
would about opened closed nobody everybody
"""
WORDS = TEXT.split()
KINDS = {"plain": 45, "alternative": 25, "html": 8, "picture": 8, "forward": 8, "pdf": 3, "docx": 3}
"""How many of a hundred."""
WORD_XML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def mails(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield envelope senders and messages."""
    chance = Random(3)
    for number in range(count):
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        yield f"reader{number}@example.org", _mail(chance, number, kind)


def _mail(chance: Random, number: int, kind: str) -> bytes:
    sender = f"reader{number}@example.org"
    message = EmailMessage(policy=policy.SMTP)
    for hop in range(3):
        message.add_header("Received", f"from mx{hop}.example.org by mail{hop}.example.net with ESMTPS id {number:x}")
    message["DKIM-Signature"] = "v=1; a=rsa-sha256; d=example.org; s=s1; h=from:to:subject; bh=x; b=" + "Ab9" * 90
    message["From"] = f"Reader {number} <{sender}>"
    message["To"] = "letters@wyomingstar.example"
    message["Subject"] = ("Fwd: " if kind == "forward" else "") + " ".join(chance.choices(WORDS, k=6))
    message["Date"] = f"Mon, 05 Jan 2026 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} -0700"
    message["Message-ID"] = f"<{number}.{chance.randrange(10**9)}@example.org>"
    _fill(message, chance, number, kind)
    return message.as_bytes()


def _fill(message: EmailMessage, chance: Random, number: int, kind: str) -> None:
    text = _letter(chance, chance.randint(2_000, 10_000), number)
    if kind == "docx":
        message.set_content("Please find my letter attached.\n\nReader\n")
    elif kind == "forward":
        message.set_content(_forwarded(text, number), charset="utf-8", cte="quoted-printable")
    elif kind == "html":
        message.set_content(_html(text), subtype="html", charset="utf-8", cte="quoted-printable")
    else:
        charset, cte = chance.choice(
            (("utf-8", "quoted-printable"), ("utf-8", "base64"), ("utf-8", "8bit"), ("cp1252", "quoted-printable"))
        )
        message.set_content(text, charset=charset, cte=cte)
    if kind == "alternative":
        message.add_alternative(_html(text), subtype="html", charset="utf-8", cte="quoted-printable")
    size = chance.randint(50_000, 200_000)
    files: dict[str, tuple[str, str, str, Callable[[], bytes]]] = {
        "picture": ("image", "jpeg", "bridge.jpg", lambda: b"\xff\xd8\xff\xe0" + chance.randbytes(size)),
        "pdf": ("application", "pdf", "letter.pdf", lambda: _pdf(text, chance.randbytes(size))),
        "docx": (
            "application",
            "vnd.openxmlformats-officedocument.wordprocessingml.document",
            "letter.docx",
            lambda: _docx(text),
        ),
    }
    if kind in files:
        main, sub, name, content = files[kind]
        message.add_attachment(content(), maintype=main, subtype=sub, filename=name)


def _letter(chance: Random, size: int, number: int) -> str:
    lines = ["To the editor:", ""]
    while sum(map(len, lines)) < size:
        lines += [" ".join(chance.choices(WORDS, k=12)) + "." for _ in range(chance.randint(2, 6))] + [""]
    return "\n".join([*lines, "Sincerely,", f"Reader {number}", "Sheridan, Wyo.", "307-555-0100", ""])


def _forwarded(text: str, number: int) -> str:
    head = f"From: Author {number} <author{number}@example.net>\nDate: Sun, Jan 4, 2026 at 9:00 AM\nSubject: Bridge\n"
    return (
        f"See below.\n\n---------- Forwarded message ---------\n{head}To: Reader <reader{number}@example.org>\n\n{text}"
    )


def _html(text: str) -> str:
    paragraphs = "".join(f'<p style="margin:0"><span class="x">{part}</span><br></p>\n' for part in text.split("\n\n"))
    return f"<html><head><style>p {{ color: #111 }}</style></head><body><div dir=ltr>{paragraphs}</div></body></html>\n"


def _docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("word/document.xml"),
            f'<?xml version="1.0"?><w:document {WORD_XML}><w:body>{paragraphs}</w:body></w:document>',
        )
    return made.getvalue()


def _pdf(text: str, picture: bytes) -> bytes:
    """Return a PDF of one page with a text, and a stream of bytes that it does not show."""
    lines = text.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"").splitlines()
    page = b"BT /F1 9 Tf 40 800 Td 10 TL " + b" ".join(b"(%s) '" % line for line in lines) + b" ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(picture), picture),
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + tail
