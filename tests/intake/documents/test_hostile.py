"""Files that were made to break a reader. Whatever they are, a Document or None comes of them, and no process stays."""

import itertools
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.intake.documents.asking import unreadable
from submissions.intake.documents.document import PROBLEMS, Document
from submissions.intake.documents.letter import letter_in
from submissions.intake.documents.reading import read_document
from tests.intake.documents.papers import LETTER as TEXT
from tests.intake.documents.papers import W, a_file, docx, odt, pdf, pdf_of, w_p, written, zipped

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
DEEP = 100_000
SIGNATURES = [
    b"PK\x03\x04", b"{\\rtf1", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"",
]  # fmt: skip
WHOLE = {
    "a.docx": docx(w_p(TEXT)),
    "a.odt": odt(f"<text:p>{TEXT}</text:p>"),
    "a.rtf": b"{\\rtf1\\ansi " + TEXT.encode() + b"}",
    "a.pdf": pdf(written(TEXT)),
}


@pytest.fixture(autouse=True)
def no_child_left():
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("content", "document"),
    [
        (b"<html>" + b"<div>" * 20_000 + b"deep", Document(text="deep")),
        (zipped(word__document_dot_xml=bytes(30_000_000)), Document(text="", problem="broken")),
        (docx(w_p(" " * 25_000_000)), Document(text="", problem="too_long")),
        (docx(f"<!-- {'x' * 1000} -->" * 25_000), Document(text="", problem="too_large")),
        (zipped(word__document_dot_xml=LAUGHS), Document(text="", problem="broken")),
        (odt("", **{"META-INF__manifest_dot_xml": LAUGHS}), Document(text="", problem="broken")),
        (docx(f"{'<w:p>' * DEEP}{w_p('deep')}{'</w:p>' * DEEP}"), Document(text="deep")),
        (docx(f"{'<w:tc>' * DEEP}{w_p('deep')}{'</w:tc>' * DEEP}"), Document(text="deep")),
        (odt(f"{'<text:span>' * DEEP}<text:p>deep</text:p>{'</text:span>' * DEEP}"), Document(text="deep")),
        (b"{\\rtf1 " + b"{" * DEEP + b"deep" + b"}" * DEEP + b"}", Document(text="deep")),
        (zipped(**{f"word__{n}": b"" for n in range(6_000)}), Document(text="", problem="too_large")),
    ],
    ids=itertools.count(),
)
def test_bomb_goes_off_in_nobody_s_face(content, document):
    file = a_file(content, "a.docx" if content.startswith(b"PK") else "a")
    assert read_document(file) == document


@pytest.mark.parametrize(
    "objects",
    [
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
        ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{'2 0 R ' * 1000}] /Count 2000000000 >>"],
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count -5 >>"],
        ["<< /Type /Catalog /Pages 2 0 R >>", f"{'[' * DEEP}{']' * DEEP}"],
    ],
)
def test_tree_of_pages_that_goes_nowhere_ends(objects):
    document = read_document(a_file(pdf_of(objects), "a.pdf"))
    assert document
    assert (document.text, document.problem in PROBLEMS - {""}) == ("", True)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_file_that_was_cut_off_is_read_as_far_as_it_goes_or_said_to_be_broken(name, part):
    whole = WHOLE[name]
    document = read_document(a_file(whole[: int(part * len(whole))], name))
    assert document
    assert bool(document.text) != bool(document.problem)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SIGNATURES), st.binary(max_size=400), st.sampled_from(["a.docx", "a.odt", "a.txt", "a.pages", ""])
)
def test_any_bytes_are_read_or_not(signature, rest, name):
    file = a_file(signature + rest, name)
    document = read_document(file)
    assert document is None or document.problem in PROBLEMS
    assert letter_in([file], "") is None or document
    assert isinstance(unreadable([file], ""), str)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_any_byte_may_be_another(name, data):
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    document = read_document(a_file(bytes(content), name))
    assert document is None or document.problem in PROBLEMS


def test_member_locked_with_a_password_says_so():
    content = bytearray(zipped(word__document_dot_xml=f"<w:document {W}/>"))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    assert read_document(a_file(bytes(content))) == Document(text="", problem="encrypted")
