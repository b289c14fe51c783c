"""A mail's HTML as editors may see it: nothing in it loads, sends, runs, or covers the page around it."""

import re
from html import escape

import nh3

from submissions.cleaning import clean
from submissions.intake.email.parsing.attachments import TNEF_TYPE
from submissions.intake.email.parsing.body import html_of_parts
from submissions.intake.email.parsing.html import html_to_text, is_bomb
from submissions.intake.email.parsing.leaves import outline
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.parsing.tnef import read_tnef
from submissions.intake.email.parsing.tree import guarded

MOST_CHARACTERS = 1_000_000
TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "center", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2"),
    *("h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike"),
    *("strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul"),
}
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
UNSEEN = {"script", "style", "title", "template", "noscript", "object", "iframe", "svg", "math", "select", "textarea"}
_IMAGE = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s{0,9}=\s{0,9}(?:\"([^\"]{1,300})\"|'([^']{1,300})')", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return HTML without scripts, styles, forms, ids and anything that a browser would fetch; images become their alt.

    Links open without telling where from (rel) and lead to other sites or mail programs only. What nests so deep that
    it would cost seconds becomes plain text. Never raises.
    """
    source = clean(html[:MOST_CHARACTERS])
    if is_bomb(source):
        return f"<pre>{escape(html_to_text(source))}</pre>"
    return nh3.clean(
        _IMAGE.sub(_alt, source),
        tags=TAGS,
        clean_content_tags=UNSEEN,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


def html_of(message: ParsedMessage) -> str:
    """Return the HTML source of a message's body, "" if it has none; not to be shown before sanitise()."""
    source = guarded(lambda: html_of_parts(outline(message.tree)), "")
    if source:
        return source
    winmails = (file.content for file in message.files if file.media_type == TNEF_TYPE)
    return next((page for content in winmails if (page := read_tnef(content).html)), "")


def _alt(image: re.Match[str]) -> str:
    found = _ALT.search(image[1])
    return f" [{found[1] or found[2]}] " if found else " "
