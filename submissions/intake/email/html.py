"""HTML to plain text, flat and quick however deep the markup nests."""

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

MOST_CHARACTERS = 2_000_000
_BREAK = "\x1e"
"""Stands for a line break that the markup makes; removed from the source first."""
_UNSEEN = ["script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "select", "button"]
_LINES = "div, li, tr, dt, dd, h1, h2, h3, h4, h5, h6, section, article, header, footer, address, figcaption, center"
_PARAGRAPHS = "p, blockquote, ul, ol, table, pre, hr, dl, figure"


def html_to_text(source: str) -> str:
    """Return what a reader of the page would read, paragraphs apart; "" for what is no HTML at all."""
    try:
        tree = LexborHTMLParser(source[:MOST_CHARACTERS].replace(_BREAK, " ").replace("\x00", " "))
        tree.strip_tags(_UNSEEN)
        _mark_breaks(tree)
        text = tree.body.text(separator="") if tree.body else ""
    except (SelectolaxError, ValueError, RuntimeError, AttributeError):
        text = re.sub(r"<[^<>]*>", " ", source[:MOST_CHARACTERS])
    flat = re.sub(r"[ \t\r\n\f\xa0]+", " ", text)
    lines = [line.strip() for line in flat.split(_BREAK)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _mark_breaks(tree: LexborHTMLParser) -> None:
    for node in tree.css("pre"):
        node.replace_with(_BREAK + node.text().replace("\n", _BREAK) + _BREAK)
    for node in tree.css("br"):
        node.replace_with(_BREAK)
    for selector, mark in ((_LINES, _BREAK), (_PARAGRAPHS, _BREAK * 2)):
        for node in tree.css(selector):
            node.insert_before(mark)
            node.insert_after(mark)
    for node in tree.css("td, th"):
        node.insert_after(" ")
