"""What the checks look at: plain values, so that a check needs no database and always says the same."""

from dataclasses import dataclass, field
from datetime import datetime

from submissions.models import Kind, Noticed, Severity

WORDS_AT_MOST = 500
"""Characters of the very words that a finding keeps."""


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file that came with it; `media_type` is what its bytes say, `size` is in bytes."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, kw_only=True)
class History:
    """What came before, as of the moment this was received."""

    published: tuple[datetime, ...] = ()
    submitted: tuple[datetime, ...] = ()
    same_text: tuple[int, ...] = ()
    same_text_writers: int = 0


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One text with what its writer said about it. `exclusive` is None where nobody asked."""

    body: str
    headline: str = ""
    kind: Kind = Kind.LETTER
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    exclusive: bool | None = None
    paper: str = ""
    also_to: tuple[str, ...] = ()
    files: tuple[SentFile, ...] = ()
    history: History = field(default_factory=History)


def notice(
    rule: str,
    message: str,
    *,
    severity: Severity = Severity.WARN,
    span: tuple[int, int] | None = None,
    body: str = "",
    **data: object,
) -> Noticed:
    """Return a finding; with a `span` of the body it quotes the words there, WORDS_AT_MOST of them at most."""
    if span is None:
        return Noticed(rule=rule, severity=severity, message=message[:300], data=data)
    start, end = span[0], min(span[1], span[0] + WORDS_AT_MOST)
    words = body[start:end]
    return Noticed(rule=rule, severity=severity, message=message[:300], words=words, start=start, end=end, data=data)
