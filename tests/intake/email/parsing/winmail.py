"""A winmail.dat for tests, put together as MS-OXTNEF says."""

import struct

MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def winmail(*attributes: bytes) -> bytes:
    """A whole winmail.dat."""
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def attribute(number: int, value: bytes, level: int = 1) -> bytes:
    """One attribute with its checksum."""
    return struct.pack("<BHHI", level, number, 0, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*held: bytes, number: int = 0x9003) -> bytes:
    """The attribute of MAPI properties: of the message (0x9003) or of a file (0x9005)."""
    return attribute(number, struct.pack("<I", len(held)) + b"".join(held))


def text(number: int, value: str) -> bytes:
    """A property of Unicode text."""
    return _variable(0x1F, number, value.encode("utf-16-le") + b"\0\0")


def binary(number: int, value: bytes, kind: int = 0x102) -> bytes:
    """A property of bytes; `kind` 0x0D is an object, 0x1E text in the code page."""
    return _variable(kind, number, value)


def number(name: int, value: int) -> bytes:
    """A property of four bytes."""
    return struct.pack("<HHI", 3, name, value)


def file(name: str, content: bytes) -> bytes:
    """The attributes of a file as Outlook writes them."""
    title = attribute(0x8010, name.encode() + b"\0")
    return attribute(0x9002, bytes(14)) + title + attribute(0x800F, content)


def _variable(kind: int, name: int, value: bytes) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + bytes(-len(value) % 4)
