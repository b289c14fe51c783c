import pytest

from submissions.intake.documents.document import Document, Unread
from submissions.intake.documents.readers.pdf import read
from tests.intake.documents.papers import LETTER, OTHER, pdf, written

LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >> /ID [<00> <00>]"


def test_lines_become_paragraphs():
    above, below = written(LETTER), [(x, y - 150, text) for x, y, text in written(OTHER)]
    assert read(pdf([*above, *below])) == Document(text=f"{LETTER}\n\n{OTHER}")


def test_paragraph_goes_on_over_the_page_and_its_number_is_left_out():
    lines = written(LETTER)
    first, second = [*lines[:3], (300, 30, "- 1 -")], [*lines[3:], (300, 30, "Page 2 of 2")]
    assert read(pdf(first, second)) == Document(text=LETTER)


def test_other_numbers_at_the_end_of_a_page_are_text():
    assert read(pdf([(50, 700, "In the year"), (50, 686, "1890")])) == Document(text="In the year 1890")


def test_address_keeps_its_lines():
    lines = [
        *written(LETTER),
        *((50, 600 - 14 * n, text) for n, text in enumerate(["W. Prairie", "12 Elm St", "Casper"])),
    ]
    assert read(pdf(lines)).text == f"{LETTER}\n\nW. Prairie\n12 Elm St\nCasper"


def test_columns_are_read_one_after_the_other():
    left, right = written(LETTER, 35), [(x + 280, y, text) for x, y, text in written(OTHER, 35)]
    assert read(pdf([*left, *right])).text == f"{LETTER}\n\n{OTHER}"


def test_scan_has_no_text_even_where_the_scanning_program_signed_it():
    with pytest.raises(Unread, match="no_text"):
        read(pdf([(50, 30, "Scanned with PageCam")], [], picture=True))


def test_page_with_a_picture_and_a_letter_is_read():
    assert read(pdf(written(LETTER), picture=True)).text == LETTER


def test_locked_file_says_so():
    with pytest.raises(Unread, match="encrypted"):
        read(pdf(written(LETTER), trailer=LOCKED))


def test_long_file_is_read_in_part():
    document = read(pdf(*([(50, 700, "page")] for _ in range(60))))
    assert (document.text.count("page"), document.problem) == (50, "too_long")
