"""Mails for tests, and the way they come in."""

from pathlib import Path

import pytest

from submissions.intake.email.accept import Envelope, accept
from submissions.intake.email.addresses import find_mailbox
from submissions.intake.tasks import intake
from submissions.models import Door, RawMessage

CORPORA = Path(__file__).resolve().parents[4] / "shared" / "corpora" / "email"
LETTERS = "letters@wyomingstar.example"
PLAIN = "Content-Type: text/plain; charset=utf-8"


def mail(body: str | bytes = "Keep the footbridge open.\n", *fields: str, **named: str) -> bytes:
    """A mail by W. Prairie; `fields` are further header lines, `named` replace a standard one ("" leaves it out)."""
    standard = {
        "From": "W. Prairie <w.prairie@example.org>",
        "Subject": "Keep the footbridge open",
        "Date": "Mon, 05 Jan 2026 10:00:00 -0700",
        "Message-ID": "<1@example.org>",
    }
    standard |= {name.replace("_", "-"): value for name, value in named.items()}
    lines = [f"{name}: {value}" for name, value in standard.items() if value] + list(fields)
    content = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content


def multipart(subtype: str, *parts: str, boundary: str = "b") -> tuple[str, str]:
    """The body of a multipart and its Content-Type line; each part has its own header."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"
    return body, f'Content-Type: multipart/{subtype}; boundary="{boundary}"'


def nested(subtype: str, *parts: str, boundary: str) -> str:
    """A multipart as a part of another."""
    body, content_type = multipart(subtype, *parts, boundary=boundary)
    return f"{content_type}\r\n\r\n{body}"


def part(content: str, content_type: str = "text/plain", *fields: str) -> str:
    """A part with its header."""
    return "\r\n".join([f"Content-Type: {content_type}", *fields, "", content])


def arrive(
    raw: bytes, *, to: str = LETTERS, sender: str | None = "w.prairie@example.org", junk: bool = False
) -> RawMessage:
    """Accept a mail."""
    mailbox = find_mailbox(to)
    assert mailbox
    return accept(Envelope(door=Door.LMTP, sender=sender, mailboxes=(mailbox,), junk=junk), raw)[0]


def read(raw: bytes, *, to: str = LETTERS, sender: str | None = "w.prairie@example.org") -> RawMessage:
    """Accept a mail and let the worker read it; return its row as it is then."""
    message = arrive(raw, to=to, sender=sender)
    intake()
    message.refresh_from_db()
    return message


def corpus() -> list[Path]:
    """Every message of the corpora; skips where they are not beside the project."""
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not beside the project: ../shared/corpora/email")
    found = [path for path in CORPORA.rglob("*") if path.suffix in (".eml", ".raw")]
    return sorted([*found, *(CORPORA / "flufl-bounce").glob("*.txt")])
