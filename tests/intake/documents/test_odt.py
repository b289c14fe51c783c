import pytest

from submissions.intake.documents.document import Document, Unread
from submissions.intake.documents.readers.odt import read
from tests.intake.documents.papers import odt, zipped

DELETION = "<text:changed-region><text:deletion><text:p>old</text:p></text:deletion></text:changed-region>"
INSERTION = "<text:changed-region><text:insertion/></text:changed-region>"
FORMAT = "<text:changed-region><text:format-change/></text:changed-region>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:h>Head</text:h><text:p>One <text:span>and</text:span> two.</text:p>", "Head\nOne and two."),
        ("<text:p>a<text:tab/>b<text:line-break/>c<text:s text:c='3'/>d<text:s/>e</text:p>", "a\tb\nc   d e"),
        ("<text:p>\n  a\n  b </text:p>", "a b"),
        ("<text:p>a<text:s text:c='999999999999'/>b</text:p>", "a b"),
        ("<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>", "x"),
        ("<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p>"
         "</text:note-body></text:note> b</text:p><text:p>c</text:p>", "a b\nc\nnote"),
        ("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
         "<text:p>b</text:p></table:table-cell></table:table-row></table:table>", "a\tb"),
    ],
)  # fmt: skip
def test_text_is_as_it_is_printed(body, text):
    assert read(odt(body)) == Document(text=text)


def test_tracked_changes_and_comments_are_counted_and_left_out():
    changes = f"<text:tracked-changes>{DELETION}{INSERTION}{FORMAT}</text:tracked-changes>"
    annotation = "<office:annotation><text:p>why?</text:p></office:annotation>"
    body = f"{changes}<text:p>a<text:change/> new{annotation}</text:p>"
    assert read(odt(body)) == Document(text="a new", tracked_changes=2, comments=1)


@pytest.mark.parametrize(
    "content",
    [
        odt("", **{"META-INF__manifest_dot_xml": "<manifest><file-entry><encryption-data/></file-entry></manifest>"}),
        zipped(mimetype="application/vnd.oasis.opendocument.text", **{"encrypted-package": b"\x01\x02"}),
    ],
)
def test_locked_document_says_so(content):
    with pytest.raises(Unread, match="encrypted"):
        read(content)
