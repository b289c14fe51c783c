"""Bytes to text: the declared charset or its superset, then UTF-8, then a guess. Never raises, loses no byte unseen."""

import codecs
import re
from functools import lru_cache

import chardet

SUPERSETS = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
ALIASES = {
    "unicode-1-1-utf-7": "utf-7",
    "ks_c_5601": "cp949",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-user-defined": "utf-8",
    "unknown-8bit": "utf-8",
}
# Codecs that Python calls text encodings and no mail is written in: some raise, some run for minutes.
NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_SHIFTED = b"\x1b$"
"""How Japanese in seven bits begins (RFC 1468)."""
MOST_BYTES = 2_000_000
"""Of a text, that are read as text."""
GUESSED = 50_000
"""So many bytes are looked at for a guess."""
FEW = 0.05
"""The share of bytes beyond ASCII up to which a text is taken for a Western one."""
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""What no text in Windows-1252 has."""


def beginning(content: bytes) -> bytes:
    """Return the first MOST_BYTES of a text, in whole lines."""
    if len(content) <= MOST_BYTES:
        return content
    return content[:MOST_BYTES].rpartition(b"\n")[0] or content[:MOST_BYTES]


def decode(content: bytes, declared: str = "") -> str:
    """Return bytes as text. What is declared ASCII, or nothing, is tried as UTF-8 first."""
    charset = codec_for(declared)
    declares = charset not in ("", "ascii")
    tried = [SUPERSETS.get(charset, charset), "utf-8"] if declares else ["utf-8"]
    if not declares and _SHIFTED in content:
        tried = ["iso2022_jp_ext", "utf-8"]
    for name in tried:
        try:
            return _paired(content.decode(name), name)
        except (UnicodeError, LookupError, ValueError):
            continue
    guess = _guess(content)
    return _paired(content.decode(guess, "replace"), guess)


def _paired(text: str, charset: str) -> str:
    """Return a text without halves of surrogate pairs, which only UTF-7 lets through."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if charset == "utf-7" else text


@lru_cache(maxsize=500)
def codec_for(declared: str) -> str:
    """Return Python's name for a declared charset, or "" if there is none, or none that mail may use."""
    name = declared.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(ALIASES.get(name, name))
    except (LookupError, ValueError, UnicodeError):
        return ""
    usable = codec._is_text_encoding and codec.name not in NOT_FOR_MAIL
    return codec.name if usable else ""


def _guess(content: bytes) -> str:
    """Return the charset that the bytes look like; Windows' Western one where nothing shows.

    House rule: so few bytes beyond ASCII are the quotes and accents of a Western text, of which a guess makes nonsense.
    """
    beyond = sum(byte > 0x7F for byte in content[:GUESSED])
    if beyond <= FEW * len(content[:GUESSED]) and not _UNDEFINED.search(content[:GUESSED]):
        return "cp1252"
    found = chardet.detect(content[:GUESSED]).get("encoding") or ""
    codec = codec_for(found)
    return SUPERSETS.get(codec, codec) or "cp1252"
