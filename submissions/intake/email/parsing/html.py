"""HTML to plain text, flat and quick however deep the markup nests."""

import re
from collections import Counter
from html import unescape

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

MOST_CHARACTERS = 2_000_000
FEW_TAGS = 1500
"""With so many tags, no nesting costs anything that counts."""
MOST_WORK = 1_000_000
"""Tags times how deep they nest: for each tag, a parser may look at every open element, or open each once more."""
_BREAK = "\x1e"
"""Stands for a line break that the markup makes; removed from the source first."""
_UNSEEN = ["script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "select", "button"]
_LINES = "div, li, tr, dt, dd, h1, h2, h3, h4, h5, h6, section, article, header, footer, address, figcaption, center"
_PARAGRAPHS = "p, blockquote, ul, ol, table, pre, hr, dl, figure"
_UNCLOSED = {"p", "li", "dt", "dd", "tr", "td", "th", "br", "hr", "img", "meta", "link", "col", "wbr", "option"}
"""Elements that have no end tag, or need none."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>")


def html_to_text(source: str) -> str:
    """Return what a reader of the page would read, paragraphs apart; "" for what is no HTML at all."""
    source = source[:MOST_CHARACTERS].replace(_BREAK, " ").replace("\x00", " ")
    text = _stripped(source) if is_bomb(source) else _read(source)
    if text.isascii():
        lines = [" ".join(line.split()) for line in text.split(_BREAK)]
    else:
        lines = [line.strip() for line in re.sub(r"[ \t\r\n\f\xa0]+", " ", text).split(_BREAK)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_bomb(source: str) -> bool:
    """Whether markup nests so that any HTML parser would take minutes or gigabytes over it."""
    if source.count("<") < FEW_TAGS:
        return False
    opened: Counter[str] = Counter()
    depth = deepest = tags = 0
    for end, name in _TAG.findall(source):
        tags += 1
        element = name.lower()
        if element not in _UNCLOSED and (not end or opened[element]):
            step = -1 if end else 1
            opened[element] += step
            depth += step
            deepest = max(deepest, depth)
    return tags * deepest > MOST_WORK


def _read(source: str) -> str:
    try:
        tree = LexborHTMLParser(source)
        tree.strip_tags(_UNSEEN)
        _mark_breaks(tree)
        return tree.body.text(separator="") if tree.body else ""
    except (SelectolaxError, ValueError, RuntimeError, AttributeError):
        return _stripped(source)


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


def _stripped(source: str) -> str:
    """Return the text between the tags, without looking at how they nest."""
    text, *rest = _TAG.split(source)
    out, hidden = [text], ""
    blocks = {*_LINES.split(", "), *_PARAGRAPHS.split(", "), "br"}
    for end, name, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        element = name.lower()
        if hidden:
            hidden = "" if end and element == hidden else hidden
        elif element in _UNSEEN and element != "head":
            hidden = "" if end else element
        if not hidden:
            out += [_BREAK if element in blocks else " ", text]
    return unescape("".join(out))
