"""One Authentication-Results field (RFC 8601) as data. It never raises, and takes time in proportion to its length.

A reader of our own, because the libraries drop the comments, in which the DMARC policy stands, give up on a whole field
for one strange result, and follow nested comments by recursion.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_RESULTS = 50
DOMAIN_LENGTH = 255
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[^"();]+|[();]', re.DOTALL)
_COMMENT = re.compile(r"[^()\\]+|\\.|[()\\]", re.DOTALL)
_WORD = r"([a-z0-9_-]{1,60})"
_HEAD = re.compile(r'"([^"\\=]{1,255})"(?: \d{1,5})?|([^\s"\\=/]{1,255})(?: ?/? ?\d{1,5})?')
_METHOD = re.compile(rf" ?{_WORD} ?(?:/ ?\d{{1,5}} ?)?= ?{_WORD}(?= |$)", re.IGNORECASE)
_PROPERTY = re.compile(
    rf'(?<![a-z0-9_.-]){_WORD}(?: ?\. ?{_WORD})? ?= ?((?:"(?:[^"\\]|\\.)*+"?|[^\s"]++)++)', re.IGNORECASE
)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one method found; properties by `ptype.property` (a bare name where a server leaves the type out)."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)
    comment: str = ""

    def domain(self, *names: str) -> str:
        """Return the domain in the first of some properties that is there, in lower case and ASCII; else ""."""
        value = next((self.properties[name] for name in names if name in self.properties), "")
        return ascii_domain(value.rpartition("@")[2])


@dataclass(frozen=True, kw_only=True)
class Results:
    """A whole field: who says it ("" where nobody is named, which then is nobody's word), and what."""

    authserv_id: str
    results: tuple[Result, ...]


def read_results(value: str) -> Results:
    """Read the value of a field, folded or not; what is not understood in it is left out."""
    segments = list(_segments(value))
    head = _HEAD.fullmatch(segments[0][0])
    found = (_result(text, comment) for text, comment in segments[1 : MOST_RESULTS + 1])
    return Results(
        authserv_id=(head[1] or head[2]).lower() if head else "", results=tuple(result for result in found if result)
    )


def ascii_domain(domain: str) -> str:
    """Return a domain in lower case, without a last dot, an international one in its ASCII form; "" if it is none."""
    if len(domain) > DOMAIN_LENGTH:
        return ""
    try:
        return domain.strip(" <>.").encode("idna").decode().lower()
    except UnicodeError:
        return ""


def _segments(value: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between semicolons, in single spaces, beside its comments."""
    text: list[str] = []
    comments: list[str] = []
    place = 0
    while found := _PIECE.match(value, place):
        place = found.end()
        if found[0] == "(":
            comment, place = _comment(value, place)
            comments.append(comment)
            text.append(" ")
        elif found[0] == ";":
            yield _spaced(text), _spaced(comments)
            text, comments = [], []
        else:
            text.append(found[0])
    yield _spaced(text), _spaced(comments)


def _spaced(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _comment(value: str, start: int) -> tuple[str, int]:
    """Return a comment, those nested in it included, and where it ends: with the field, if nobody closed it."""
    depth = 1
    place = start
    while found := _COMMENT.match(value, place):
        place = found.end()
        depth += (found[0] == "(") - (found[0] == ")")
        if not depth:
            return value[start : place - 1] + " ", place
    return value[start:], len(value)


def _result(text: str, comment: str) -> Result | None:
    method = _METHOD.match(text)
    if not method:
        return None
    properties: dict[str, str] = {}
    for found in _PROPERTY.finditer(text, method.end()):
        name = f"{found[1]}.{found[2]}" if found[2] else found[1]
        properties.setdefault(name.lower(), _plain(found[3]))
    return Result(method=method[1].lower(), result=method[2].lower(), properties=properties, comment=comment.lower())


def _plain(value: str) -> str:
    return _ESCAPED.sub(r"\1", value.replace('\\"', "\x00").replace('"', "").replace("\x00", '"'))
