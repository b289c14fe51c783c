import pytest

from submissions.intake.documents.document import Document
from submissions.intake.documents.readers.docx import read
from tests.intake.documents.papers import W, docx, w_p, zipped

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BOX = f"<w:txbxContent>{w_p('boxed')}</w:txbxContent>"
SHOWN = '<w:vanish w:val="false"/>'
WAS_HIDDEN = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
STRICT = "http://purl.oclc.org/ooxml"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (w_p("One.") + w_p("Two."), "One.\nTwo."),
        (w_p("One.") + "<w:p/>" + w_p("Two."), "One.\n\nTwo."),
        (
            w_p("Dear Editor,") + w_p("long " * 13) + w_p("W. Prairie"),
            f"Dear Editor,\n\n{'long ' * 12}long\n\nW. Prairie",
        ),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
        ("<w:p><w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r></w:p>", "well-known"),
        ("<w:p><w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>", "here"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>", "7"),
        (f"<w:p>{run('seen')}{run(' hidden', '<w:vanish/>')}{run(' again')}</w:p>", "seen again"),
        (f"<w:p>{run('seen', SHOWN)}</w:p>", "seen"),
        (f"<w:p><w:r>{BOX}</w:r>{run('around')}</w:p>", "boxed\naround"),
    ],
)
def test_text_is_as_it_is_printed(body, text):
    assert read(docx(body)) == Document(text=text)


@pytest.mark.parametrize(
    ("body", "text", "changes"),
    [
        (f"<w:p><w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "new", 2),
        (f"<w:p><w:moveFrom>{run('there')}</w:moveFrom></w:p><w:p><w:moveTo>{run('here')}</w:moveTo></w:p>", "here", 1),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('one ')}</w:p>{w_p('line')}", "one line", 1),
        (f"<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{run('one')}</w:p>{w_p('two')}", "one\ntwo", 1),
        (f"<w:p>{run('a', WAS_HIDDEN)}</w:p>", "a", 0),
    ],
)  # fmt: skip
def test_tracked_changes_are_counted_and_accepted(body, text, changes):
    assert read(docx(body)) == Document(text=text, tracked_changes=changes)


def test_comments_are_counted_and_left_out():
    comments = (
        f"<w:comments {W}><w:comment>{w_p('cut this')}</w:comment><w:comment>{w_p('why')}</w:comment></w:comments>"
    )
    assert read(docx(w_p("Text."), word__comments_dot_xml=comments)) == Document(text="Text.", comments=2)


def test_notes_come_after_the_text():
    notes = f"<w:footnotes {W}><w:footnote>{w_p('As of May.')}</w:footnote></w:footnotes>"
    assert read(docx(w_p("Text."), word__footnotes_dot_xml=notes)).text == "Text.\nAs of May."


def test_box_that_stands_in_two_alternatives_is_read_once():
    both = f"<mc:Choice><w:r>{BOX}</w:r></mc:Choice><mc:Fallback><w:r>{BOX}</w:r></mc:Fallback>"
    body = f"<w:p {MC}><mc:AlternateContent>{both}</mc:AlternateContent></w:p>{w_p('after')}"
    assert read(docx(body)).text == "boxed\n\nafter"


def test_table_is_a_line_a_row_and_a_table_for_layout_its_paragraphs():
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    table = row(w_p("Mon"), w_p("9")) + row(w_p("a") + w_p("b"), w_p("c"))
    assert read(docx(f"<w:tbl>{table}</w:tbl>")).text == "Mon\t9\na\nb\nc"


def test_strict_document_under_another_name_is_found():
    kind = f"{STRICT}/officeDocument/relationships/officeDocument"
    relation = f'<Relationship Type="{kind}" Target="/word/document2.xml"/>'
    strict = f'<w:document xmlns:w="{STRICT}/wordprocessingml/main"><w:body>{w_p("found")}</w:body></w:document>'
    content = zipped(_rels___dot_rels=f"<Relationships>{relation}</Relationships>", word__document2_dot_xml=strict)
    assert read(content).text == "found"
