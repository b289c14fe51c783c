import subprocess
import sys

import pytest

from submissions.intake.documents import process, reading
from submissions.intake.documents.document import Document
from submissions.intake.documents.reading import read_document
from submissions.intake.email.timelimit import OutOfTime, within
from tests.intake.documents.papers import LETTER, a_file, docx, odt, pdf, w_p, written, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SLOW = b"{\\rtf1{\\fonttbl" + b"\\f1" * 40_000 + b"}}"
"""The library looks for the end of a font in it from every beginning."""
WRONG = '{"text": 1, "tracked_changes": 0, "comments": 0, "problem": ""}'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx(w_p(LETTER)), "letter.docx"),
        (docx(w_p(LETTER)), "letter.pdf"),
        (odt(f"<text:p>{LETTER}</text:p>"), "letter.odt"),
        (b"{\\rtf1 " + LETTER.encode() + b"}", "letter.doc"),
        (pdf(written(LETTER)), "letter.docx"),
        (b"junk before it\n" + pdf(written(LETTER)), "letter.pdf"),
        (f"<html><p>{LETTER}".encode(), "letter.doc"),
        (LETTER.encode(), "letter.txt"),
        (LETTER.encode("utf-16"), "letter.txt"),
        (f"{LETTER} \u201cYes\u201d".encode("cp1252"), "letter.TXT"),
    ],
)
def test_document_is_read_by_its_bytes_whatever_its_name(content, name):
    document = read_document(a_file(content, name))
    assert document
    assert (document.text.split()[: len(LETTER.split())], document.problem) == (LETTER.split(), "")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "letter.png"),
        (b"BEGIN:VCALENDAR", "invitation.ics"),
        (zipped(a_dot_txt="x"), "letters.zip"),
        (bytes(100), "letter.txt"),
        (OLE + "WordDocument".encode("utf-16-le"), "letter.doc"),
        (b"<html>x", "page.eml"),
        (b"", "empty.docx"),
    ],
)
def test_other_files_are_no_documents(content, name):
    assert read_document(a_file(content, name)) is None


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "letter.docx", "encrypted"),
        (docx("<w:p/>"), "letter.docx", "no_text"),
        (docx("<w:p>"), "letter.docx", "broken"),
        (zipped(Index="x"), "letter.docx", "broken"),
        (b"%PDF-1.7 and no more", "letter.pdf", "broken"),
    ],
)
def test_document_without_a_text_says_why(content, name, problem):
    assert read_document(a_file(content, name)) == Document(text="", problem=problem)


@pytest.mark.parametrize("content", [docx(w_p("word " * 101_000)), b"words \xc3\xa9\n" * 70_000])
def test_long_text_is_cut(content):
    document = read_document(a_file(content, "long.txt"))
    assert document
    assert document.problem == "too_long"
    assert 499_000 < len(document.text) <= 500_000


def test_file_beyond_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert read_document(a_file(docx(w_p("x")))) == Document(text="", problem="too_large")


def test_document_is_read_once_as_long_as_its_file_is_held(monkeypatch):
    file = a_file(docx(w_p("kept")))
    read_document(file)
    monkeypatch.setattr(reading, "run", None)
    assert read_document(a_file(docx(w_p("kept")))) == Document(text="kept")


def test_processor_time_is_limited(monkeypatch, children):
    monkeypatch.setattr(process, "CPU_SECONDS", 1)
    assert read_document(a_file(SLOW)) == Document(text="", problem="out_of_time")
    assert [child.returncode for child in children] == [-24]


def test_time_is_limited(children):
    assert read_document(a_file(SLOW), 0.2) == Document(text="", problem="out_of_time")
    assert [child.returncode for child in children] == [-9]


def test_without_time_nothing_is_started(children):
    assert read_document(a_file(SLOW), 0) == Document(text="", problem="out_of_time")
    assert children == []


def test_memory_is_limited(monkeypatch):
    monkeypatch.setattr(process, "MEMORY", 30_000_000)
    assert read_document(a_file(b"words " * 2_000_000, "a.txt")) == Document(text="", problem="out_of_memory")


def test_no_process_to_be_had_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert read_document(a_file(docx(w_p("x")))) == Document(text="", problem="out_of_memory")


def test_whoever_is_told_to_stop_takes_the_child_along(children):
    with pytest.raises(OutOfTime), within(0.2):
        read_document(a_file(SLOW))
    assert [child.returncode for child in children] == [-9]


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("import os; os.write(1, b'{}')", "broken"),
        ("import os; os.write(1, b'[' * 200_000)", "broken"),
        (f"print('{WRONG}')", "broken"),
        ("import os\nwhile True: os.write(1, bytes(65536))", "broken"),
        ("import os; os.kill(os.getpid(), 11)", "broken"),
        ("import os; os.kill(os.getpid(), 9)", "out_of_memory"),
    ],
)
def test_child_that_was_turned_says_nothing_that_counts(monkeypatch, children, program, problem):
    monkeypatch.setattr(process, "COMMAND", ("-c", program))
    assert read_document(a_file(b"words " * 100_000, "a.txt")) == Document(text="", problem=problem)
    assert all(child.returncode is not None for child in children)


def test_child_starts_without_django_and_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "kept")
    program = (
        "import json, os, sys, submissions.intake.documents.child; text = str(['django' in sys.modules, *os.environ]);"
        "print(json.dumps({'text': text, 'tracked_changes': 0, 'comments': 0, 'problem': ''}))"
    )
    monkeypatch.setattr(process, "COMMAND", ("-SsPc", program))
    document = read_document(a_file(b"x", "a.txt"))
    assert document
    assert eval(document.text)[:2] == [False, "PYTHONPATH"]
    assert "SECRET_KEY" not in document.text


def test_child_limits_itself(monkeypatch):
    program = (
        "import json, resource; from submissions.intake.documents.child import limit; limit(5, 400_000_000);"
        "names = ['AS', 'CPU', 'FSIZE', 'CORE', 'NOFILE', 'NPROC'];"
        "text = str([resource.getrlimit(getattr(resource, 'RLIMIT_' + name)) for name in names]);"
        "print(json.dumps({'text': text, 'tracked_changes': 0, 'comments': 0, 'problem': ''}))"
    )
    monkeypatch.setattr(process, "COMMAND", ("-SsPc", program))
    limits = "[(400000000, 400000000), (5, 6), (0, 0), (0, 0), (32, 32), (0, 0)]"
    assert read_document(a_file(b"x", "a.txt")) == Document(text=limits)


def test_document_is_read_wherever_the_process_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    (tmp_path / "json.py").write_text("raise SystemExit")
    assert read_document(a_file(docx(w_p("here")))) == Document(text="here")


@pytest.fixture
def children(monkeypatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    started = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(process.subprocess, "Popen", Noted)
    return started
