import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.parsing.sanitised import html_of, sanitise
from tests.intake.email.mails import mail, multipart, part
from tests.intake.email.parsing.winmail import binary, properties, winmail


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>One <b>two</b><br>three</p>", "<p>One <b>two</b><br>three</p>"),
        (
            '<a href="https://a.example" target=_blank onclick=x>a</a>',
            '<a href="https://a.example" rel="noopener noreferrer nofollow">a</a>',
        ),
        ('<a href="mailto:a@b.example">a</a>', '<a href="mailto:a@b.example" rel="noopener noreferrer nofollow">a</a>'),
        (
            '<a href="javascript:x">a</a><a href="/admin/">b</a>',
            '<a rel="noopener noreferrer nofollow">a</a><a rel="noopener noreferrer nofollow">b</a>',
        ),
        ('a<img src="https://a.example/1.gif" alt="A &amp; B">b', "a [A &amp; B] b"),
        ('a<img src="cid:x">b<IMG SRC="data:image/png;base64,AAAA" alt=\'\'>c', "a b c"),
        ('<img alt="<script>x</script>">', ""),
        ("<script>x</script><style>p{background:url(//a.example)}</style>y", "y"),
        ('<p style="position:fixed" class=x id=y background="//a.example">z</p>', "<p>z</p>"),
        ('<form action="//a.example"><input name=x><button>b</button>text</form>', "btext"),
        ("<iframe src=//a.example></iframe><link rel=stylesheet href=//a.example><meta http-equiv=refresh>x", "x"),
        ('<svg><image href="//a.example"/></svg><video src=//a.example poster=//b.example>v</video>', "v"),
        ("<base href=//a.example><td>x", "x"),
        ("a\u202eb\x00c", "abc"),
        ("", ""),
    ],
)
def test_sanitise(source, shown):
    assert sanitise(source) == shown


@pytest.mark.parametrize("bomb", ["<div>" * 20_000 + "a < b", "<table><tr><td>" * 20_000 + "a < b"])
def test_a_bomb_becomes_text(bomb):
    assert sanitise(bomb) == "<pre>a &lt; b</pre>"


TAGS = st.sampled_from(
    [
        "<img src=//a.example ",
        "<a href='",
        "<style>",
        "<!--",
        "-->",
        "<svg><style>",
        "</p>",
        '"',
        "'",
        ">",
        "url(//b.example)",
        "<math>",
    ]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=10)), max_size=20).map("".join))
def test_sanitise_lets_nothing_load(source):
    shown = sanitise(source).lower()
    assert not any(f"<{tag}" in shown for tag in ("img", "style", "svg", "math", "script", "link", "video"))


def test_html_of_returns_the_source_of_the_body():
    page = "<p>Keep it <b>open</b></p>"
    alternative = multipart("alternative", part("plain"), part(page, "text/html; charset=utf-8"))
    assert html_of(parse(mail(*alternative))) == page
    assert html_of(parse(mail("plain"))) == ""
    attached = part(page, "text/html", "Content-Disposition: attachment; filename=a.html")
    assert html_of(parse(mail(*multipart("mixed", part("plain"), attached)))) == ""


def test_html_of_looks_into_a_winmail_dat():
    content = base64.b64encode(winmail(properties(binary(0x1013, b"<p>Rich</p>")))).decode()
    raw = mail(content, "Content-Type: application/ms-tnef", "Content-Transfer-Encoding: base64")
    assert html_of(parse(raw)) == "<p>Rich</p>"
