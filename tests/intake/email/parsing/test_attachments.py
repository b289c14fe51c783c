import base64

import pytest

from submissions.intake.email.parsing import attachments
from submissions.intake.email.parsing.attachments import files_of, nested_deeper
from submissions.intake.email.parsing.leaves import outline
from submissions.intake.email.parsing.names import safe_name
from submissions.intake.email.parsing.tree import open_message
from submissions.intake.receive import File
from tests.intake.email.mails import mail, multipart, nested, part

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20


def _files(*parts: str, subtype: str = "mixed"):
    content, content_type = multipart(subtype, *parts)
    files = files_of(outline(open_message(mail(content, content_type))[0]))
    return tuple(files.kept), files.over


def _encoded(content: bytes, content_type: str, *fields: str) -> str:
    text = base64.encodebytes(content).decode()
    return part(text, content_type, "Content-Transfer-Encoding: base64", *fields)


def test_a_file_is_typed_by_its_bytes():
    files, over = _files(part("text"), _encoded(PNG, "application/pdf; name=scan.pdf"))
    assert files == (File(name="scan.pdf", content=PNG, media_type="image/png"),)
    assert over == []


@pytest.mark.parametrize(
    ("content", "declared", "media_type", "name", "label"),
    [
        (
            b"\x78\x9f\x3e\x22\x00",
            "application/octet-stream; name=winmail.dat",
            "application/ms-tnef",
            "winmail.dat",
            "",
        ),
        (b"BEGIN:VCALENDAR", "text/calendar", "text/calendar", "file-1.ics", "calendar"),
        (b"\x01\x02", "image/png", "application/octet-stream", "file-1.bin", ""),
        (b"signed", "application/pgp-signature; name=s.asc", "application/pgp-signature", "s.asc", "signature (PGP)"),
    ],
)
def test_where_bytes_say_nothing_the_declaration_may(content, declared, media_type, name, label):
    files, _ = _files(_encoded(content, declared))
    assert files == (File(name=name, content=content, media_type=media_type, label=label),)


def test_a_forwarded_message_is_kept_as_a_file():
    files, _ = _files(part("see below"), part("Subject: x\r\n\r\nhello", "message/rfc822"))
    content = b"Subject: x\r\n\r\nhello"
    name, label = "forwarded message.eml", "forwarded message"
    assert files == (File(name=name, content=content, media_type="message/rfc822", label=label),)


def test_inline_images_are_kept_and_empty_files_are_not():
    related = nested("related", part("<p>x</p>", "text/html"), _encoded(PNG, "image/png"), boundary="rel")
    files, _ = _files(related, part("", "application/pdf; name=a.pdf"))
    assert [file.media_type for file in files] == ["image/png"]


def test_only_so_many_parts_are_kept(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_PARTS", 3)
    files, over = _files(*[part("x", f"text/x-a; name=f{number}.txt") for number in range(5)])
    assert (len(files), over) == (3, ["parts"])


def test_nested_deeper_tells_depth():
    inner = part("deep")
    for number in range(40):
        inner = nested("mixed", inner, boundary=f"n{number}")
    content, content_type = multipart("mixed", inner)
    message, _ = open_message(mail(content, content_type))
    assert nested_deeper(message)
    assert len(files_of(outline(message)).kept) <= 1
    assert not nested_deeper(open_message(mail("x"))[0])


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a.doc", "a.doc"),
        (".htaccess", "htaccess"),
        ("a\r\nContent-Type: x\x00.pdf", "a__Content-Type_ x_.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("...", "file-7.pdf"),
        ("", "file-7.pdf"),
        ("x" * 500 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_safe_name(name, safe):
    assert safe_name(name, "application/pdf", 7) == safe


def test_a_nameless_file_of_no_known_type_gets_a_name():
    assert safe_name("", "nonsense/x-y", 1) == "file-1.bin"
