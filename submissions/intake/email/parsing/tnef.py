"""What is in a winmail.dat (MS-OXTNEF): files, a body, and messages within, read as far as they can be. Never raises.

Read here and not with tnefparse, which cuts zero bytes off the ends of files and, on hostile counts, runs for hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct, error

from submissions.intake.email.parsing.charsets import codec_for, decode

SIGNATURE = b"\x78\x9f\x3e\x22"
DEEPEST = 5
MOST_ATTRIBUTES = 20_000
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
_STORAGE = bytes.fromhex("0b00000000000000c000000000000046")
_ATTRIBUTE = Struct("<BHHI")
_U32 = Struct("<I")
_U16X2 = Struct("<HH")

BODY, TITLE, DATA, NEW_FILE, MESSAGE_PROPERTIES, FILE_PROPERTIES, CODEPAGE = (
    *(0x800C, 0x8010, 0x800F, 0x9002, 0x9003, 0x9005, 0x9007),
)
PLAIN, RTF, HTML, DISPLAY_NAME, OBJECT, SHORT_NAME, LONG_NAME, INTERNET_CODEPAGE = (
    *(0x1000, 0x1009, 0x1013, 0x3001, 0x3701, 0x3704, 0x3707, 0x3FDE),
)
_FIXED = {0x02: 2, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of the property types of one length (MS-OXCDATA, 2.11.1)."""
_WIDE_STRING, _VARIABLE = 0x1F, (0x0D, 0x1E, 0x1F, 0x102)
_CODEPAGES = {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 20866: "koi8-r", 0: "cp1252"}


@dataclass
class Enclosed:
    """A file in a winmail.dat: its file name, its title, and what it holds if it is a message of Outlook's own."""

    name: str = ""
    title: str = ""
    content: bytes = b""
    message: "Tnef | None" = None


@dataclass
class Tnef:
    """The body in up to three forms, and the files."""

    plain: str = ""
    html: str = ""
    rtf: bytes = b""
    files: list[Enclosed] = field(default_factory=list)


@dataclass
class _Property:
    kind: int
    value: bytes


def read_tnef(content: bytes, depth: int = 0) -> Tnef:
    """Read a winmail.dat; what is broken in it ends the reading, and what came before is returned."""
    found, codepage = Tnef(), "cp1252"
    for attribute, value in _attributes(content):
        if attribute == CODEPAGE and len(value) >= 4:
            codepage = _codec(_U32.unpack_from(value)[0])
        elif attribute == MESSAGE_PROPERTIES:
            _read_body(found, dict(_properties(value)), codepage)
        elif attribute == BODY:
            found.plain = decode(value.rstrip(b"\0"), codepage)
        elif attribute == NEW_FILE:
            found.files.append(Enclosed())
        elif found.files:
            _read_file(found.files[-1], attribute, value, codepage, depth)
    return found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and value of each attribute; each is followed by a checksum of two bytes."""
    place = 6
    for _ in range(MOST_ATTRIBUTES):
        if not content.startswith(SIGNATURE) or place + _ATTRIBUTE.size > len(content):
            return
        _, number, _, length = _ATTRIBUTE.unpack_from(content, place)
        place += _ATTRIBUTE.size
        yield number, content[place : place + length]
        place += length + 2


def _read_body(found: Tnef, properties: dict[int, _Property], codepage: str) -> None:
    if INTERNET_CODEPAGE in properties:
        codepage = _codec(_U32.unpack_from(properties[INTERNET_CODEPAGE].value)[0])
    if PLAIN in properties:
        found.plain = _text(properties[PLAIN], codepage)
    if HTML in properties:
        found.html = _text(properties[HTML], codepage)
    if RTF in properties:
        found.rtf = properties[RTF].value


def _read_file(file: Enclosed, attribute: int, value: bytes, codepage: str, depth: int) -> None:
    if attribute == TITLE:
        file.name = file.name or decode(value.rstrip(b"\0"), codepage)
    elif attribute == DATA:
        file.content = value
    elif attribute == FILE_PROPERTIES:
        properties = dict(_properties(value))
        names = [_text(properties[name], codepage) for name in (LONG_NAME, SHORT_NAME) if name in properties]
        file.name = next(filter(None, names), file.name)
        file.title = _text(properties[DISPLAY_NAME], codepage) if DISPLAY_NAME in properties else ""
        if OBJECT in properties:
            _read_object(file, properties[OBJECT], depth)


def _read_object(file: Enclosed, held: _Property, depth: int) -> None:
    is_message = held.value.startswith(_MESSAGE)
    file.content = held.value[16:] if held.value.startswith((_MESSAGE, _STORAGE)) else held.value
    if is_message and depth < DEEPEST:
        file.message = read_tnef(file.content, depth + 1)


def _properties(data: bytes) -> Iterator[tuple[int, _Property]]:
    """Yield the number and first value of each property (MS-OXTNEF, 2.1.3.4) until one is broken or unknown."""
    place = 4
    try:
        for _ in range(min(_U32.unpack_from(data)[0], len(data) // 4)):
            kind, number = _U16X2.unpack_from(data, place)
            place = _after_name(data, place + 4) if number >= 0x8000 else place + 4
            value, place = _value(data, place, kind)
            if value is None:
                return
            yield number, _Property(kind & 0xFFF, value)
    except error:
        return


def _after_name(data: bytes, place: int) -> int:
    """Return where a named property's value begins: after the set it belongs to, and its number or name there."""
    kind, length = _U32.unpack_from(data, place + 16)[0], _U32.unpack_from(data, place + 20)[0]
    return place + 24 + (_padded(length) if kind else 0)


def _value(data: bytes, place: int, kind: int) -> tuple[bytes | None, int]:
    """Return a property's first value and where the next property begins; no value for a type that nobody knows."""
    simple, count = kind & 0xFFF, 1
    if kind & 0x1000 or simple in _VARIABLE:
        count, place = _U32.unpack_from(data, place)[0], place + 4
    if simple in _FIXED:
        return data[place : place + _FIXED[simple]], place + _padded(_FIXED[simple] * count)
    if simple not in _VARIABLE:
        return None, place
    first = b""
    for number in range(min(count, len(data))):
        length, place = _U32.unpack_from(data, place)[0], place + 4
        first = first if number else data[place : place + length]
        place += _padded(length)
    return first, place


def _padded(length: int) -> int:
    return -(-length // 4) * 4


def _text(held: _Property, codepage: str) -> str:
    return decode(held.value, "utf-16-le" if held.kind == _WIDE_STRING else codepage).rstrip("\0")


def _codec(number: int) -> str:
    """Return the charset of a Windows code page, "" for one that Python has not."""
    return codec_for(_CODEPAGES.get(number, f"cp{number}"))
