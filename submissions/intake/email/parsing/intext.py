"""Files written into a text, as mail had them before MIME: uuencode (POSIX), yEnc, and PGP's armour (RFC 9580, 6.2)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from submissions.intake.email.parsing.transfer import UU_BEGIN, from_uu

UUENCODE = "from the text (uuencode)"
YENC = "from the text (yEnc)"
PGP = "encrypted (PGP)"
MOST = 200
"""So many files of each kind are looked for in a text."""
_Y_BEGIN = re.compile(
    rb"^=ybegin [^\r\n]{0,200}?\bname=([^\r\n]{1,250})\r?\n(?:=ypart [^\r\n]{0,200}\r?\n)?", re.MULTILINE
)
_Y_END_SIGN = b"\n=yend "
_Y_END = re.compile(rb"=yend [^\r\n]{0,200}(?:\r?\n|\Z)")
_PLAIN = bytes((byte - 42) % 256 for byte in range(256))
_ESCAPED = bytes((byte - 64 - 42) % 256 for byte in range(256))
_ARMOUR = re.compile(rb"^-----BEGIN PGP (MESSAGE)-----[ \t]{0,9}\r?$", re.MULTILINE)
_ARMOUR_END = b"-----END PGP MESSAGE-----"


@dataclass(frozen=True)
class Found:
    """A file in a text: its raw name, its content, and how it was written there."""

    name: bytes
    content: bytes
    label: str


@dataclass(frozen=True)
class InText:
    """A text without the files that were written in it, and these files. PGP's armour stays in the text, too."""

    rest: bytes
    files: tuple[Found, ...] = ()


Read = Callable[[bytes, re.Match[bytes]], tuple[Found, int] | None]
"""Returns the file that begins at a match, and where it ends; None where it has no end."""


def in_text(content: bytes) -> InText:
    """Take the files out of a text; what begins like one and does not end like one stays text."""
    rest, files = content, list[Found]()
    for sign, begin, read in ((b"begin ", UU_BEGIN, _uuencode), (b"=ybegin ", _Y_BEGIN, _yenc)):
        if sign in rest:
            rest, found = _taken_out(rest, begin, read)
            files += found
    if _ARMOUR_END in rest:
        files += _taken_out(rest, _ARMOUR, _armour)[1]
    return InText(rest, tuple(files))


def _taken_out(content: bytes, begin: re.Pattern[bytes], read: Read) -> tuple[bytes, list[Found]]:
    pieces, files, done, place = list[bytes](), list[Found](), 0, 0
    for _ in range(MOST):
        match = begin.search(content, place)
        if not match:
            break
        file = read(content, match)
        place = match.end()
        if file:
            files.append(file[0])
            pieces.append(content[done : match.start()])
            done = place = file[1]
    return b"".join([*pieces, content[done:]]), files


def _uuencode(content: bytes, match: re.Match[bytes]) -> tuple[Found, int] | None:
    file = from_uu(content, match.end())
    return (Found(match[1], file[0], UUENCODE), file[1]) if file else None


def _yenc(content: bytes, match: re.Match[bytes]) -> tuple[Found, int] | None:
    place = content.find(_Y_END_SIGN, match.end() - 1)
    end = _Y_END.match(content, place + 1) if place >= 0 else None
    if not end:
        return None
    first, *escaped = content[match.end() : end.start()].translate(None, b"\r\n").split(b"=")
    pieces = [piece[:1].translate(_ESCAPED) + piece[1:].translate(_PLAIN) for piece in escaped]
    return Found(match[1], b"".join([first.translate(_PLAIN), *pieces]), YENC), end.end()


def _armour(content: bytes, match: re.Match[bytes]) -> tuple[Found, int] | None:
    end = content.find(_ARMOUR_END, match.end())
    if end < 0:
        return None
    end += len(_ARMOUR_END)
    return Found(b"message.asc", content[match.start() : end] + b"\n", PGP), end
