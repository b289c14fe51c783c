import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.parsing.transfer import from_base64, from_uu, undone
from submissions.intake.email.timelimit import within

UU = b"begin 644 a.txt\r\n" + binascii.b2a_uu(b"hello world").replace(b"\n", b"\r\n") + b"`\r\nend\r\n"


@pytest.mark.parametrize(
    ("content", "encoding", "expected"),
    [
        (b"aGVsbG8gd29ybGQ=", "base64", b"hello world"),
        (b"aGVsbG8gd29ybGQ=", " BASE64; x=y (comment)", b"hello world"),
        (b"caf=C3=A9 =\r\nopen", "Quoted-Printable", "café open".encode()),
        (b"50=% =ZZ", "quoted-printable", b"50=% =ZZ"),
        (UU, "x-uuencode", b"hello world"),
        (b"no uuencode", "x-uuencode", b"no uuencode"),
        (b"a\r\n", "8bit", b"a\r\n"),
        (b"a", "nonsense", b"a"),
        (b"a", "", b"a"),
    ],
)
def test_undone(content, encoding, expected):
    assert undone(content, encoding) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"aGVs\r\nbG8g\r\nd29ybGQ", b"hello world"),
        (b"aGVsbG8gd29ybGQ*", b"hello world"),
        (b"aGVsbG8gd29ybGQ=\r\nIGFnYWlu\r\n", b"hello world again"),
        (b"aGVsbG8gd29ybGQ= footer", b"hello world"),
        (b"aGVsbG8gd29yb", b"hello wor"),
        (b"... no base64 at all, but words ...", b"... no base64 at all, but words ..."),
        (b"", b""),
    ],
)
def test_broken_base64_gives_what_can_be_had(content, expected):
    assert from_base64(content)[: len(expected) or None] == expected


def test_a_run_of_padding_without_end_is_passed_over():
    content = b"aGVsbG8g" + b"= \t" * 300_000 + b"d29ybGQ="
    with within(20):
        assert from_base64(content).startswith(b"hello ")


def test_uuencode_without_its_end_is_none():
    assert from_uu(UU.replace(b"end", b""), UU.index(b"\n") + 1) is None
    assert from_uu(b"words that are none\nend\n", 0) is None


@given(st.binary(max_size=200))
def test_what_was_encoded_comes_back(content):
    lines = [binascii.b2a_uu(content[place : place + 45]) for place in range(0, len(content), 45)]
    assert from_base64(base64.encodebytes(content)) == content
    assert from_uu(b"".join(lines) + b"`\nend", 0) == (content, len(b"".join(lines)) + 5)


@given(st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable", "uuencode"]))
def test_undone_bears_any_bytes(content, encoding):
    assert isinstance(undone(content, encoding), bytes)
