import pytest

from submissions.intake.documents import letter, reading
from submissions.intake.documents.asking import unreadable
from submissions.intake.documents.document import Document
from submissions.intake.documents.letter import LetterInFile, letter_in
from tests.intake.documents.papers import LETTER, OTHER, a_file, docx, pdf, w_p, written

NOTE = "Dear editor, here is my letter. Thank you. W. Prairie"
LONG_NOTE = "I have read your paper since I could read and would be glad to find these lines in it. " * 6
"""108 words."""


def a_letter(text: str = LETTER, name: str = "Bridge.docx"):
    return a_file(docx(w_p(text)), name)


@pytest.mark.parametrize("ask", [letter_in, unreadable])
def test_document_beside_a_whole_letter_is_not_even_read(monkeypatch, ask):
    monkeypatch.setattr(reading, "run", None)
    assert not ask([a_letter()], LETTER * 2)


def found(files, body: str) -> str:
    """The name of the file that is the letter."""
    carrier = letter_in(files, body)
    return carrier.file.name if carrier else ""


def test_document_beside_a_note_is_the_letter():
    file = a_letter()
    assert letter_in([a_file(b"\x89PNG\r\n\x1a\n", "logo.png"), file], NOTE) == LetterInFile(
        file=file, document=Document(text=LETTER)
    )


@pytest.mark.parametrize(
    ("words", "body", "name"),
    [
        (25, "", "a.docx"),
        (24, "", ""),
        (49, "note " * 24, "a.docx"),
        (49, "note " * 25, ""),
        (50, "note " * 39, "a.docx"),
        (79, "note " * 40, ""),
        (80, "note " * 40, "a.docx"),
        (4000, "", "a.docx"),
        (4001, "", ""),
        (300, LONG_NOTE, ""),
        (300, f"{LONG_NOTE} It is attached.", "a.docx"),
        (150, f"{LONG_NOTE} It is attached.", ""),
    ],
)
def test_words_decide_between_a_note_and_a_letter(words, body, name):
    assert found([a_letter("word " * words, "a.docx")], body) == name


@pytest.mark.parametrize(
    "name",
    ["JaneDoe_Bio.docx", "my resume.pdf", "Résumé.docx", "CV-2026.docx", "press-release.docx", "Cover Letter.docx",
     "ATT00001.txt", "news_release_bridge.pdf"],
)  # fmt: skip
def test_file_that_calls_itself_something_else_is_no_letter(name):
    assert found([a_letter(name=name)], NOTE) == ""
    assert found([a_letter(name=name), a_letter(OTHER, "bins.docx")], NOTE) == "bins.docx"


@pytest.mark.parametrize(
    "head", ["FOR IMMEDIATE RELEASE", "Wyoming Star - News Release", "Curriculum vitae", "Résumé:"]
)
def test_text_that_calls_itself_something_else_is_no_letter(head):
    assert found([a_letter(f"{head} {LETTER}")], NOTE) == ""


@pytest.mark.parametrize(
    "name", ["Letter to the minutes.docx", "social media.docx", "recovery.docx", "bio-fuel report.docx"]
)
def test_topic_in_a_name_is_no_obstacle(name):
    assert found([a_letter(name=name)], NOTE) == name


def test_document_that_repeats_the_body_is_only_a_file():
    assert (
        found([a_letter(f"Bridge {LETTER} 307-555-0142"), a_letter(OTHER * 3, "bins.docx")], f"{LETTER}\nSent by phone")
        == ""
    )


def test_same_text_in_two_formats_is_one_letter():
    assert found([a_file(pdf(written(LETTER)), "a.pdf"), a_letter(name="b.docx")], NOTE) == "b.docx"


def test_of_two_texts_neither_is_the_letter_unless_one_is_called_so_or_much_longer():
    assert found([a_letter(), a_letter(OTHER, "bins.docx")], NOTE) == ""
    assert found([a_letter(name="my_LTE.docx"), a_letter(OTHER, "bins.docx")], NOTE) == "my_LTE.docx"
    assert found([a_letter(name="Letter.docx"), a_letter(OTHER, "Letter 2.docx")], NOTE) == ""
    assert found([a_letter(), a_letter(OTHER * 2, "bins.docx")], NOTE) == "bins.docx"


def test_only_so_many_documents_are_read(monkeypatch):
    monkeypatch.setattr(letter, "MOST_DOCUMENTS", 1)
    assert found([a_file(b"few words", "a.txt"), a_letter()], NOTE) == ""
