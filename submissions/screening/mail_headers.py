"""Two things that screening needs of a mail: what it answers to, and who else got it. Never raises on a strange header.

Reads the header block as it came, by line, because a mail's own parser may stumble over one bad header.
"""

import re
from dataclasses import dataclass

HEAD = 65_536
"""Bytes in which the headers stand; what comes after is not looked at."""

_END = re.compile(rb"(?:\A|\r?\n)\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
_RECIPIENTS = re.compile(r"^(?:to|cc):(.{0,20000})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}\w")


@dataclass(frozen=True, kw_only=True)
class MailHeaders:
    """The Message-ID, in its brackets, and the addresses in To and Cc in lower case; empty where there are none."""

    message_id: str = ""
    recipients: tuple[str, ...] = ()


def read_headers(head: bytes) -> MailHeaders:
    """Return what the first HEAD bytes of a message say."""
    block = _FOLD.sub(" ", _END.split(head[:HEAD], maxsplit=1)[0].decode("latin-1"))
    message_id = _MESSAGE_ID.search(block)
    found = [address for line in _RECIPIENTS.findall(block) for address in _ADDRESS.findall(line.casefold())]
    return MailHeaders(message_id=message_id[1] if message_id else "", recipients=tuple(dict.fromkeys(found)))
