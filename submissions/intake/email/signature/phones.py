"""Phone numbers in the lines of a sign-off."""

import re
from collections.abc import Iterable

import phonenumbers

from submissions.intake.email.signature.suggestion import Found, Suggestion

_FAX = re.compile(r"\W{0,4}(?:tele)?fax\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:phone|cell|mobile|tel|telephone|daytime|reach(?:ed)? me|call me|contact me|my number|verif\w{1,10}"
    r"|telefon\w{0,4}"
    r"|téléphone|teléfono|telefono|telefone|handy|rufnummer|erreichbar|puhelin)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
LONGEST = 200


def phone(line: str, region: str) -> Found:
    """Return the first valid number of a line, unless it is a fax; `region` reads numbers without a country code."""
    if not _DIGIT.search(line) or _FAX.match(line):
        return ()
    for match in phonenumbers.PhoneNumberMatcher(line[:LONGEST], region):
        number = match.number
        extension = f";ext={number.extension}" if number.extension else ""
        value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension
        return (Suggestion(field="phone", value=value, words=match.raw_string),)
    return ()


def own_phones(lines: Iterable[str], region: str) -> Found:
    """Return the numbers in lines that speak of phoning the writer."""
    return tuple(found for line in lines if _OWN.search(line[:LONGEST]) for found in phone(line, region))
