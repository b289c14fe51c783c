import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.parsing import tnef
from submissions.intake.email.parsing.tnef import Enclosed, Tnef, read_tnef
from tests.intake.email.parsing.winmail import MESSAGE, attribute, binary, file, number, properties, text, winmail


def test_files_come_byte_for_byte():
    content = b"photo\0\0\0"
    found = read_tnef(winmail(file("BRIDGE~1.JPG", content), properties(text(0x3707, "Brücke.jpg"), number=0x9005)))
    assert found == Tnef(files=[Enclosed(name="Brücke.jpg", content=content)])


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([text(0x1000, "plain")], Tnef(plain="plain")),
        ([binary(0x1000, b"caf\xe9\0", 0x1E)], Tnef(plain="café")),
        ([binary(0x1013, "<p>п</p>".encode("cp1251")), number(0x3FDE, 1251)], Tnef(html="<p>п</p>")),
        ([binary(0x1013, "é".encode()), number(0x3FDE, 65001)], Tnef(html="é")),
        ([binary(0x1009, b"LZFu")], Tnef(rtf=b"LZFu")),
        ([struct.pack("<HHHH", 2, 1, 7, 0), text(0x1000, "after a short")], Tnef(plain="after a short")),
        (
            [b"\x1f\x10\x01\x00" + struct.pack("<II4sI2sxx", 2, 4, b"a\0b\0", 2, b"c\0"), text(0x1000, "x")],
            Tnef(plain="x"),
        ),
        ([b"\x03\x00\x00\x80" + bytes(16) + struct.pack("<III", 0, 5, 9), text(0x1000, "x")], Tnef(plain="x")),
        (
            [b"\x03\x00\x00\x80" + bytes(16) + struct.pack("<II4sI", 1, 4, b"n\0\0\0", 9), text(0x1000, "x")],
            Tnef(plain="x"),
        ),
        ([b"\x77\x00\x01\x00", text(0x1000, "behind a type that nobody knows")], Tnef()),
    ],
)
def test_the_body_is_read_from_the_properties(held, expected):
    assert read_tnef(winmail(attribute(0x9007, struct.pack("<II", 1252, 0)), properties(*held))) == expected


def test_an_old_body_attribute_is_read_in_its_code_page():
    old = attribute(0x9007, struct.pack("<II", 1251, 0)) + attribute(0x800C, "текст".encode("cp1251") + b"\0")
    assert read_tnef(winmail(old)) == Tnef(plain="текст")


def test_a_message_within_is_read_as_one():
    inner = winmail(attribute(0x800C, b"inner"), file("a.txt", b"a"))
    held = properties(text(0x3001, "Re: bridge"), binary(0x3701, MESSAGE + inner, 0x0D), number=0x9005)
    found = read_tnef(winmail(file("Untitled", b"placeholder"), held))
    message = Tnef(plain="inner", files=[Enclosed(name="a.txt", content=b"a")])
    assert found.files == [Enclosed(name="Untitled", title="Re: bridge", content=inner, message=message)]


def test_messages_within_are_followed_only_so_deep():
    inner = winmail(attribute(0x800C, b"inner"))
    for _ in range(tnef.DEEPEST + 3):
        inner = winmail(file("x", b""), properties(binary(0x3701, MESSAGE + inner, 0x0D), number=0x9005))
    found, depth = read_tnef(inner), 0
    while found.files[0].message:
        found, depth = found.files[0].message, depth + 1
    assert depth == tnef.DEEPEST


@pytest.mark.parametrize(
    "count",
    [
        struct.pack("<I", 2**32 - 1),
        struct.pack("<IHHI", 2**32 - 1, 0x1002, 0x3001, 2**32 - 1),
        struct.pack("<IHHI", 2**32 - 1, 0x101E, 0x3001, 2**32 - 1) + bytes(99),
    ],
)
def test_counts_that_lie_end_with_the_bytes(count):
    assert read_tnef(winmail(attribute(0x9003, count), attribute(0x800C, b"x"))) == Tnef(plain="x")


def test_what_breaks_off_gives_what_came_before():
    whole = winmail(file("a.txt", b"a"), file("b.txt", b"bbbb"))
    assert read_tnef(whole[:-4]).files == [Enclosed(name="a.txt", content=b"a"), Enclosed(name="b.txt", content=b"bb")]
    assert read_tnef(b"no tnef") == Tnef()


PIECES = st.one_of(
    st.binary(max_size=40),
    st.builds(attribute, st.sampled_from([0x9002, 0x9003, 0x9005, 0x9007, 0x800C, 0x800F]), st.binary(max_size=60)),
    st.builds(lambda value: properties(binary(0x3701, value, 0x0D), number=0x9005), st.binary(max_size=60)),
)


@given(st.lists(PIECES, max_size=8))
def test_read_tnef_bears_any_bytes(pieces):
    assert isinstance(read_tnef(winmail(*pieces)), Tnef)
