import time

import pytest

from submissions.intake.email.parsing import html
from submissions.intake.email.parsing.html import html_to_text


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
    assert html_to_text("<p>a</p>b<script>x</script>") == "a\nb"


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 200_000,
        "<p>" + "".join(f"<b id={number}>" for number in range(3000)) + "</p><p>" * 100_000,
        "<svg>" * 20_000,
    ],
)
def test_markup_that_any_parser_would_choke_on_is_stripped(bomb):
    assert html.is_bomb(bomb)
    assert html_to_text(f"<title>t</title>caf&eacute;{bomb}<style>x</style>") == "café"


def test_a_long_page_that_nests_as_pages_do_is_no_bomb():
    assert not html.is_bomb("<table><tr><td><p>one<br><b>two</b></td></tr></table>" * 5000)
