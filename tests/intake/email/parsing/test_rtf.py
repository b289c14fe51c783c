import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.parsing.rtf import decompressed, text_of


def _compressed(content: bytes, size: int | None = None, magic: bytes = b"LZFu") -> bytes:
    """Bytes as they are, eight at a time, as the format allows."""
    tokens = b"".join(b"\0" + content[place : place + 8] for place in range(0, len(content), 8))
    size = len(content) if size is None else size
    return struct.pack("<II4sI", len(tokens) + 12, size, magic, 0) + (content if magic == b"MELA" else tokens)


@pytest.mark.parametrize("magic", [b"LZFu", b"MELA"])
def test_plain_tokens_are_returned(magic):
    assert decompressed(_compressed(b"{\\rtf1 Keep the bridge open}", magic=magic)) == b"{\\rtf1 Keep the bridge open}"


def test_references_reach_into_the_dictionary_and_over_their_own_end():
    tokens = b"\x03" + bytes([0x00, 0x04]) + bytes([0x0C, 0xF6]) + b"ab"
    whole = struct.pack("<II4sI", len(tokens) + 12, 16, b"LZFu", 0) + tokens
    assert decompressed(whole) == b"{\\rtf1" + b"{\\rtf1{\\" + b"ab"


@pytest.mark.parametrize("content", [b"", b"short", _compressed(b"x", magic=b"what")])
def test_what_is_not_compressed_so_is_nothing(content):
    assert decompressed(content) == b""


def test_a_size_that_lies_ends_with_the_bytes():
    assert decompressed(_compressed(b"abc", size=2**32 - 1)) == b"abc"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"{\rtf1\ansi Keep\par open}", "Keep\nopen"),
        (rb"{\rtf1\ansi\ansicpg1251 \'ef\'f0}", "пр"),
        (rb"{\rtf1\ansi{\fonttbl{\f0\fswiss\fcharset204 Arial;}}\f0 \'ef}", "п"),
        (rb'{\rtf1 {\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt {here}}}}', "here"),
        (rb"{\rtf1 \u233?t\u233?}", "été"),
        (b"no rtf", "no rtf"),
        (rb"{\rtf1 \u9999999999 }", ""),
    ],
)
def test_text_of(source, text):
    assert text_of(source).strip() == text


@pytest.mark.parametrize(
    "piece",
    [
        rb"{\field{\*\fldinst{",
        rb"{\FIELD{\*\fldinst{HYPERLINK ",
        rb"{\fonttbl\f1",
        rb"\f1\fcharset1 ",
        rb"{",
        rb"\pict\bin",
    ],
)
def test_documents_that_repeat_what_the_library_searches_for_are_read(piece):
    assert isinstance(text_of(rb"{\rtf1{\fonttbl" + piece * 20_000), str)


@given(st.binary(max_size=200), st.integers(0, 2**32 - 1))
def test_decompressed_and_text_of_bear_any_bytes(content, size):
    assert isinstance(text_of(decompressed(struct.pack("<II4sI", 0, size, b"LZFu", 0) + content)), str)
    assert isinstance(text_of(b"{\\rtf1" + content), str)
