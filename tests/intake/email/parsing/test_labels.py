import base64

import pytest

from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, part

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20


def _labels(*parts: str, subtype: str = "mixed") -> list[str]:
    return [file.label for file in parse(mail(*multipart(subtype, *parts))).files]


@pytest.mark.parametrize(
    ("content_type", "label"),
    [
        ("text/calendar; method=REQUEST", "calendar"),
        ("message/rfc822", "forwarded message"),
        ("message/delivery-status", "delivery report"),
        ("application/pgp-encrypted", "encrypted (PGP)"),
        ("application/pgp-signature", "signature (PGP)"),
        ("application/pkcs7-mime; smime-type=enveloped-data", "encrypted (S/MIME)"),
        ("application/x-pkcs7-mime", "encrypted (S/MIME)"),
        ("application/pkcs7-mime; smime-type=signed-data", "signed (S/MIME)"),
        ("application/pkcs7-signature", "signature (S/MIME)"),
        ("application/pdf", ""),
    ],
)
def test_a_declared_type_gives_a_label(content_type, label):
    assert _labels(part("a: b\r\n\r\nc", content_type)) == [label]


def test_both_halves_of_an_encrypted_message_say_so():
    halves = part("Version: 1", "application/pgp-encrypted"), part("-----BEGIN", "application/octet-stream")
    assert _labels(*halves, subtype="encrypted") == ["encrypted (PGP)"] * 2


def test_armour_in_an_attachment_or_a_text_is_seen():
    armour = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n"
    message = parse(mail(*multipart("mixed", part(armour), part(armour, "application/octet-stream; name=a.asc"))))
    assert [file.label for file in message.files] == ["encrypted (PGP)"] * 2
    assert message.body.startswith("-----BEGIN PGP MESSAGE-----")


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        (["Content-ID: <a@b>"], "inline image"),
        (["Content-Disposition: inline"], "inline image"),
        (["Content-ID: <a@b>", "Content-Disposition: attachment"], ""),
        ([], ""),
    ],
)
def test_an_image_that_the_text_shows_is_inline(fields, label):
    encoded = base64.encodebytes(PNG).decode()
    assert _labels(part(encoded, "image/png", "Content-Transfer-Encoding: base64", *fields)) == [label]
