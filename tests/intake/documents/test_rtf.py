import pytest

from submissions.intake.documents.document import Document
from submissions.intake.documents.readers.rtf import read


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"One.\par Two.\par\par Three.", "One.\nTwo.\n\nThree."),
        (r"caf\'e9 \u8220?hi\u8221? \emdash", "café “hi” \u2014"),
        (r"{\*\generator x}{\info{\title t}}seen{\v  hidden}", "seen"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"{\trowd a\cell b\cell\row}", "a\tb"),
        (r"{\pict\pngblip " + "89504e47" * 100 + "}text", "text"),
        (r'{\field{\*\fldinst{HYPERLINK "http://x.example"}}{\fldrslt{here}}} is a hyperlink', "here is a hyperlink"),
    ],
)
def test_text_is_as_it_is_printed(source, text):
    assert read(rf"{{\rtf1\ansi\ansicpg1252\uc1 {source}}}".encode()) == Document(text=text)


def test_tracked_changes_and_comments_are_counted_and_accepted():
    source = r"a {\revised new} {\deleted old\par older}{\*\annotation{\pard why?}}b \deleted gone\deleted0  c"
    document = read(rf"{{\rtf1\ansi {source}}}".encode())
    assert document == Document(text="a new b  c", tracked_changes=3, comments=1)


def test_deleted_text_leaves_braces_and_fonts_in_order():
    assert read(rb"{\rtf1{\deleted {x}{y}}{a}\plain b}").text == "ab"
