import base64

from submissions.intake.arrival import File
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, part
from tests.intake.email.parsing.test_intext import UU
from tests.intake.email.parsing.winmail import MESSAGE, attribute, binary, file, properties, text, winmail


def _with(content: bytes, *parts: str) -> bytes:
    encoded = base64.encodebytes(content).decode()
    enclosed = part(encoded, "application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64")
    return mail(*multipart("mixed", *parts, enclosed))


def test_what_is_in_a_winmail_dat_lies_beside_it():
    content = winmail(file("notes.txt", b"the bridge"), file("empty.txt", b""))
    message = parse(_with(content, part("Keep it open.")))
    assert message.body == "Keep it open."
    assert message.files == (
        File(name="winmail.dat", content=content, media_type="application/ms-tnef"),
        File(name="notes.txt", content=b"the bridge", media_type="text/plain", label="from winmail.dat"),
    )


def test_the_body_in_a_winmail_dat_is_read_where_the_mail_has_no_other():
    assert parse(_with(winmail(attribute(0x800C, b"Plain.")))).body == "Plain."
    assert parse(_with(winmail(properties(binary(0x1013, b"<p>Rich<br>text"))))).body == "Rich\ntext"
    assert parse(_with(winmail(attribute(0x800C, b"Plain.")), part("Mine"))).body == "Mine"


def test_a_message_within_a_winmail_dat_can_be_read():
    inner = winmail(attribute(0x800C, b"Inner words."), file("a.txt", b"a"))
    held = properties(text(0x3001, "Re: bridge"), binary(0x3701, MESSAGE + inner, 0x0D), number=0x9005)
    files = parse(_with(winmail(file("Untitled", b"x"), held), part("See below."))).files
    assert [(file.name, file.content) for file in files[1:]] == [
        ("Re_ bridge", inner),
        ("Re_ bridge.txt", b"Inner words."),
        ("a.txt", b"a"),
    ]


def test_uuencode_in_a_text_becomes_a_file():
    message = parse(mail(b"See the map.\n" + UU + b"Yours\n"))
    assert message.body == "See the map.\nYours"
    label = "from the text (uuencode)"
    assert message.files == (File(name="map of town.png", content=b"bridge", media_type="text/plain", label=label),)
