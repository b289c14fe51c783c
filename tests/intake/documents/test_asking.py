import pytest

from submissions.intake.documents.asking import unreadable
from tests.intake.documents.papers import LETTER, a_file, docx, pdf, w_p, zipped
from tests.intake.documents.test_reading import OLE

PAGES = zipped(Index__Document_dot_iwa=b"\x00")
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(20_000)
LOGO = b"\x89PNG\r\n\x1a\n" + bytes(500)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
SCAN = pdf([], picture=True)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (PAGES, "Letter.pages", "pages"),
        (PAGES, "no name", "pages"),
        (PAGES, "Budget.numbers", ""),
        (zipped(preview_dot_jpg=b"x"), "Letter.pages.zip", "pages"),
        (OLD_WORD, "letter.doc", "old_word"),
        (LOCKED, "letter.docx", "encrypted"),
        (SCAN, "letter.pdf", "scan"),
        (docx("<w:p/>"), "letter.docx", "scan"),
        (PHOTO, "IMG_1.jpeg", "photo"),
        (LOGO, "logo.png", ""),
        (docx(w_p(LETTER)), "letter.docx", ""),
        (OLE, "table.xls", ""),
    ],
)
def test_reason_to_ask_beside_a_note(content, name, reason):
    file = a_file(content, name)
    assert unreadable([file], "My letter, with thanks. W. Prairie") == reason
    assert unreadable([file], LETTER) == ""
    assert unreadable([file], f"{LETTER} It is attached.") == ("" if reason == "photo" else reason)


def test_nothing_to_ask_where_a_document_can_be_read():
    assert unreadable([a_file(PAGES, "a.pages"), a_file(docx(w_p(LETTER)))], "") == ""


def test_photo_beside_another_file_is_not_asked_about():
    assert unreadable([a_file(PHOTO, "a.jpg"), a_file(b"x", "a.ics")], "") == ""


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("https://docs.google.com/document/d/1x/edit?usp=sharing", "cloud_link"),
        ("https://www.dropbox.com/scl/fi/x", "cloud_link"),
        ("https://elm-my.sharepoint.com/:w:/p/x", "cloud_link"),
        ("https://1drv.ms/w/x", "cloud_link"),
        ("https://www.icloud.com/pages/0x", "cloud_link"),
        ("https://we.tl/t-x", "cloud_link"),
        ("https://notdropbox.com/x", ""),
        ("https://dropbox.com.example/x", ""),
        ("docs.google.com", ""),
    ],
)
def test_body_that_is_little_more_than_a_link(link, reason):
    assert unreadable([], f"My letter is here: {link} Thank you.") == reason
    assert unreadable([], f"{LETTER} {link}") == ""
