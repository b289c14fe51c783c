"""A mail service's post, read within the size of a message instead of a form's, every field byte for byte.

Django's own reading would refuse a field of that size (DATA_UPLOAD_MAX_MEMORY_SIZE, which the forms need as it is), and
put U+FFFD in the place of each 8-bit byte that is not UTF-8.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import unquote_to_bytes

from django.db import Error
from django.http import HttpRequest
from django.http.multipartparser import ChunkIter, LazyStream, Parser
from django.utils.encoding import force_str

from submissions.intake.email.limits import DEFAULT_MESSAGE_BYTES, message_limit

TIMES = 3
"""A post is at most so many times as large as a message: in some the files stand once more beside the message."""
PIECE = 65_536
MOST_FIELDS = 1000


class TooLarge(Exception):
    """The post is larger than one with the largest message that we take."""


class Texts(Mapping[str, str]):
    """A form's fields as text, decoded when they are asked for."""

    def __init__(self, fields: dict[str, bytes]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> str:
        """Return a field. Raises KeyError."""
        return self._fields[name].decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def dict(self) -> dict[str, str]:
        """Return all of them, as a validator asks for them."""
        return dict(self)


class Post:
    """As much of a request as anymail's validators and our readers look at; read when it is first looked at.

    Reading raises TooLarge, UnreadablePostError where the sender has gone, and MultiPartParserError.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.META, self.headers = request.META, request.headers
        self.content_type = request.content_type
        self._boundary = (request.content_params or {}).get("boundary", "")
        self._request = request

    @cached_property
    def body(self) -> bytes:
        """The whole body."""
        most = TIMES * _limit()
        if int(self.META.get("CONTENT_LENGTH") or 0) > most:
            raise TooLarge
        body = self._request.read(most + 1)
        if len(body) > most:
            raise TooLarge
        return body

    @cached_property
    def fields(self) -> dict[str, bytes]:
        """The fields of a form; none where the body is no form."""
        if self.content_type == "multipart/form-data":
            return dict(_parts(self.body, self._boundary))
        if self.content_type == "application/x-www-form-urlencoded":
            return dict(_pairs(self.body))
        return {}

    @property
    def POST(self) -> Texts:  # noqa: N802 the name that validators know
        """The fields as text."""
        return Texts(self.fields)

    def json(self) -> Any:
        """Return what a JSON body says; stray bytes in it become lone surrogates. Raises ValueError, RecursionError."""
        return read_json(self.body)


def _limit() -> int:
    """Return the limit, also while the database cannot say: a post must be read through for its answer to be heard."""
    try:
        return message_limit()
    except Error:
        return DEFAULT_MESSAGE_BYTES


def read_json(body: bytes) -> Any:
    """Return what JSON says; bytes that are not UTF-8 become lone surrogates. Raises ValueError, RecursionError."""
    return json.loads(body.decode("utf-8", "surrogateescape"))


def bytes_of(text: str) -> bytes:
    """Return the bytes that a JSON string stands for: UTF-8, and the stray bytes that read_json let through."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, written as an escape
        return text.encode("utf-8", "surrogatepass")


def _parts(body: bytes, boundary: str) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of multipart/form-data (RFC 7578), whether sent as a field or as a file."""
    stream = LazyStream(ChunkIter(BytesIO(body), PIECE))
    for _, header, content in islice(Parser(stream, boundary.encode("ascii")), MOST_FIELDS):
        _, options = header.get("content-disposition", ("", {}))
        if "name" in options:
            yield force_str(options["name"]), content.read()


def _pairs(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the fields of a form that is not multipart."""
    for pair in body.split(b"&", MOST_FIELDS)[:MOST_FIELDS]:
        name, _, value = pair.partition(b"=")
        yield _unquoted(name).decode("utf-8", "replace"), _unquoted(value)


def _unquoted(value: bytes) -> bytes:
    """Return a value without its escapes, piece by piece: all at once takes ten times its size."""
    out, at = bytearray(), 0
    while at < len(value):
        end = at + PIECE
        if b"%" in value[end - 2 : end]:  # no cut through an escape
            end = value.rfind(b"%", at, end)
        out += unquote_to_bytes(value[at:end].replace(b"+", b" "))
        at = end
    return bytes(out)
