import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.parsing.intext import PGP, UUENCODE, YENC, Found, InText, in_text

UU = b"begin 644 map of town.png\n" + binascii.b2a_uu(b"bridge") + b"`\nend\n"
ARMOUR = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"


def _yenc(content: bytes, part: bytes = b"") -> bytes:
    coded = bytes((byte + 42) % 256 for byte in content)
    for critical in b"=\x00\n\r":
        coded = coded.replace(bytes([critical]), b"=" + bytes([critical + 64]))
    return (
        b"=ybegin line=128 size=9 name=a b.bin\r\n" + part + coded[:9] + b"\r\n" + coded[9:] + b"\r\n=yend size=9\r\n"
    )


def test_uuencoded_files_are_taken_out_of_the_text():
    found = in_text(b"See the map.\n" + UU + b"Yours\n" + UU)
    file = Found(b"map of town.png", b"bridge", UUENCODE)
    assert found == InText(b"See the map.\nYours\n", (file, file))


@pytest.mark.parametrize("part", [b"", b"=ypart begin=1 end=9\r\n"])
def test_yenc_is_decoded(part):
    content = bytes(range(256))
    found = in_text(b"Here:\r\n" + _yenc(content, part) + b"Yours")
    assert found == InText(b"Here:\r\nYours", (Found(b"a b.bin", content, YENC),))


def test_encrypted_text_is_a_file_and_stays_in_the_text():
    text = b"Secret:\n" + ARMOUR + b"\n"
    assert in_text(text) == InText(text, (Found(b"message.asc", ARMOUR + b"\n", PGP),))


@pytest.mark.parametrize(
    "text",
    [
        b"begin 644 a\nThis is only how it begins.\nend\n",
        b"begin the walk\nend\n",
        b"begin 644 a\n#86%A\n",
        b"=ybegin line=1 name=a\nno end",
        b"-----BEGIN PGP MESSAGE-----\nno end",
        b"",
    ],
)
def test_what_only_begins_like_a_file_stays_text(text):
    assert in_text(text) == InText(text)


def test_only_so_many_beginnings_are_looked_at():
    assert in_text(b"=ybegin name=a\n" * 10_000 + _yenc(b"x")).files[0].label == YENC
    assert in_text(b"begin 644 a\n" * 10_000 + UU).files == ()


@given(st.lists(st.sampled_from([UU, ARMOUR, b"begin 644 a\n", b"=ybegin name=\xff\n", b"=yend \n", b"=", b"\n"])))
def test_in_text_bears_any_order(pieces):
    assert isinstance(in_text(b"".join(pieces)), InText)
