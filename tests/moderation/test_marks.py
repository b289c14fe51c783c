from submissions.models import Finding, Severity
from submissions.moderation.marks import marked

BODY = "One two three.\n\n \nFour five."


def finding(start, end, severity=Severity.WARN, pk=1):
    return Finding(pk=pk, start=start, end=end, severity=severity)


def shown(body, *findings):
    return [
        [(part.text, part.finding and part.finding.pk, part.first) for part in paragraph]
        for paragraph in marked(body, findings)
    ]


def test_text_without_findings_is_its_paragraphs():
    assert shown(BODY) == [[("One two three.", None, False)], [("Four five.", None, False)]]


def test_words_are_marked_in_place():
    assert shown("One two three.", finding(4, 7)) == [
        [("One ", None, False), ("two", 1, True), (" three.", None, False)]
    ]


def test_finding_over_two_paragraphs_begins_once():
    assert shown(BODY, finding(8, 22)) == [
        [("One two ", None, False), ("three.", 1, True)],
        [("Four", 1, False), (" five.", None, False)],
    ]


def test_the_gravest_of_overlapping_findings_is_shown():
    overlapping = finding(0, 7, Severity.INFO, 1), finding(4, 14, Severity.STOP, 2)
    assert shown("One two three.", *overlapping) == [[("One ", 1, True), ("two", 2, True), (" three.", 2, False)]]


def test_findings_without_a_place_or_beyond_the_text_mark_nothing():
    assert shown("One.", finding(None, None), finding(2, 2), finding(0, 99)) == [[("One.", None, False)]]


def test_no_text_is_no_paragraph():
    assert marked(" \n\n ", []) == []
