from tests.corpora.table import BOUNDS, missed, table

KEPT = [(name, 200, 200) for name in BOUNDS]


def test_a_bound_is_missed_where_too_few_are_right_or_nothing_is_measured():
    rows = [*KEPT[2:], ("stalwart texts", 189, 200), ("anything else", 0, 9)]
    assert missed(KEPT) == []
    assert missed(rows) == ["stalwart texts", "stalwart attachments"]
    assert missed([*KEPT[1:], ("stalwart texts", 0, 0)]) == ["stalwart texts"]


def test_the_table_says_what_is_low():
    rows = [*KEPT[1:], ("stalwart texts", 94, 100), ("anything else", 1, 3)]
    lines = table(rows).splitlines()
    assert [line.split()[-1] for line in (lines[0], lines[1], lines[-2])] == ["bound", "ok", "LOW"]
    assert lines[-1].split() == ["anything", "else", "1", "3", "33.3"]
    assert lines[-2].split()[:5] == ["stalwart", "texts", "94", "100", "94.0"]
