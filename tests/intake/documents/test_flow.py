import pytest

from submissions.intake.documents.flow import Flow, joined

LONG = "x" * 61


@pytest.mark.parametrize(
    ("paragraphs", "text"),
    [
        ([], ""),
        (["", " a ", "b"], "a\nb"),
        (["a", "", "", "b"], "a\n\nb"),
        (["a", LONG, "b", "c"], f"a\n\n{LONG}\n\nb\nc"),
        (["a\n  b", "c"], "a\nb\nc"),
    ],
)
def test_paragraphs_are_apart_where_they_are_long_or_were_apart(paragraphs, text):
    assert joined(paragraphs) == text


def test_flow_that_was_not_ended_loses_nothing():
    flow = Flow()
    flow.start_cell()
    flow.start_paragraph()
    flow.write("cell")
    assert list(flow.paragraphs()) == ["cell"]


def test_cell_without_a_row_is_text():
    flow = Flow()
    flow.start_cell()
    flow.start_paragraph()
    flow.write("cell")
    flow.end_paragraph()
    flow.end_cell()
    assert flow.document(tracked_changes=0, comments=0).text == "cell"
