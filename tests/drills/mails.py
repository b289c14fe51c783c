"""Letters for drills: of 2 to 200 KB and some larger ones, with what mail has that is hard to carry, no two alike."""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass

KEY = "X-Drill"
SMALLEST, TIMES = 2_000, 100
LARGE_EACH, LARGE = 200, 1_200_000
"""Every so many-th mail has a file of so many bytes: its message lies in a file, not in its row."""
WORDS = (
    "the footbridge over Garden Creek was closed without a word and nobody at city hall could say when it opens "
    "again so we walk the long way round past the mill where trucks turn and children wait for the morning bus"
)
ADDRESSES = (
    *("letters@wyomingstar.example", "opinion@wyomingstar.example"),
    *("letters+monday@wyomingstar.example", "Letters@WyomingStar.example"),
)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail as it is handed over; `key` stands in its header."""

    key: str
    sender: str
    recipient: str
    raw: bytes


def mails(count: int) -> list[Mail]:
    """Return so many mails, always the same ones."""
    chance = random.Random(3)
    return [_mail(number, chance) for number in range(count)]


def _mail(number: int, chance: random.Random) -> Mail:
    size = int(SMALLEST * TIMES ** chance.random())
    body = "\r\n".join(_lines(number, size, chance)).encode()
    if number % 7 == 3:
        body = body.replace(b"morning", "früh-morning".encode("latin-1"))
    content_type, body = _with_file(body, chance) if number % LARGE_EACH == 50 else (_content_type(number), body)
    shared = number % 10 == 5
    fields = [
        f"From: Reader {number} <reader{number}@readers.example>",
        f"To: {ADDRESSES[0]}",
        f"Subject: The footbridge, number {number}",
        "Date: Mon, 05 Jan 2026 10:00:00 -0700",
        f"Message-ID: <{'shared' if shared else number}@readers.example>",
        "MIME-Version: 1.0",
        content_type,
        f"{KEY}: {number}",
    ]
    raw = "\r\n".join(fields).encode() + b"\r\n\r\n" + body + b"\r\n"
    sender = f"reader{number}@readers.example"
    return Mail(key=str(number), sender=sender, recipient=ADDRESSES[number % len(ADDRESSES)], raw=raw)


def _content_type(number: int) -> str:
    charset = "iso-8859-1" if number % 7 == 3 else "utf-8"
    return f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit"


def _lines(number: int, size: int, chance: random.Random) -> Iterator[str]:
    """Yield lines of about `size` bytes; of every fifth mail some are far longer than RFC 5322 allows."""
    yield f"This is letter number {number}."
    while size > 0:
        words = 900 if number % 5 == 1 and chance.random() < 0.1 else 12
        line = " ".join(chance.choices(WORDS.split(), k=words))
        yield f".{line}" if chance.random() < 0.02 else line
        size -= len(line)
    yield f"Reader {number}\r\nCasper"


def _with_file(body: bytes, chance: random.Random) -> tuple[str, bytes]:
    text = b"--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
    file = b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    content = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + chance.randbytes(LARGE * 3 // 4)).replace(b"\n", b"\r\n")
    return 'Content-Type: multipart/mixed; boundary="b"', text + b"\r\n" + file + content + b"--b--"
