import time

import pytest

from submissions.intake.email import html
from submissions.intake.email.html import html_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One\n two</p><p>Three</p>", "One two\n\nThree"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div><div>b</div></div>", "a\n\nb"),
        ("<ul><li>a</li><li>b</li></ul>after", "a\n\nb\n\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<style>x</style><script>y</script><title>z</title>text", "text"),
        ("caf&eacute; &amp; &lt;b&gt; &nbsp; x", "café & <b> x"),
        ("no markup", "no markup"),
        ("", ""),
        ("a\x1eb\x00c", "a b c"),
    ],
)
def test_html_to_text(source, text):
    assert html_to_text(source) == text


def test_twenty_thousand_nested_divs_lose_no_text_and_no_time():
    started = time.monotonic()
    assert html_to_text("<div>" * 20_000 + "deep" + "</div>" * 20_000) == "deep"
    assert time.monotonic() - started < 5


def test_markup_that_the_parser_refuses_is_stripped(monkeypatch):
    def refuse(_source):
        raise ValueError

    monkeypatch.setattr(html, "LexborHTMLParser", refuse)
    assert html_to_text("<p>a</p>b") == "a b"
