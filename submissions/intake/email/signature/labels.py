"""Lines with a label: "Name: Jane Doe", "Phone: 307-555-0134", in a dozen languages."""

import re
from collections.abc import Iterable, Iterator

from submissions.intake.email.signature.people import bare, is_name
from submissions.intake.email.signature.phones import phone
from submissions.intake.email.signature.places import place, region_named, street
from submissions.intake.email.signature.suggestion import Found, Suggestion, one

_LABELS = {
    "name": "(?:my |full |your |writer'?s )?name|nombre(?: y apellidos?)?|nom|nome|naam|namn|navn|nimi|imię i"
    " nazwisko|jméno"
    "|név|имя|ім'я|isim|姓名|名前|이름|signed|author",
    "city": "city|town|hometown|city ?/ ?town|city(?:,| and| ?/) ?state|town(?:,| and| ?/) ?state|residence|stadt"
    "|ort|wohnort"
    "|ville|ciudad|localidad|città|cidade|woonplaats|plaats|stad|by|kaupunki|miasto|město|város|город|місто|şehir"
    "|location",
    "region": "state|province|bundesland|provincia|estado|région|regione",
    "phone": "(?:tele|cell |mobile |home |work |daytime |day |my )?phone(?: number| no\\.?| #)?|tel|cell|mobile"
    "|mobil|handy"
    "|telefon\\w{0,6}|téléphone|teléfono|telefono|telefone|telefoon|puhelin|telefonszám|телефон|電話|电话|전화"
    "|tél|contact(?: number)?|ph|number|c|h|m|p|t",
    "address": "(?:home |street |mailing |my )?address|adresse|anschrift|dirección|indirizzo|endereço|adres|adress"
    "|osoite"
    "|adresa|cím|адрес|адреса|住所|地址|주소",
}
_LABELLED = re.compile(
    rf"\W{{0,4}}(?:{'|'.join(f'(?P<{field}>{words})' for field, words in _LABELS.items())})"
    r" ?(?:\([^()\n]{1,30}\))? ?[:\uff1a][\s*_]{0,3}(?P<value>[+(\w].{0,150})$",
    re.IGNORECASE,
)


def labelled(lines: Iterable[str], *, name: str, region: str) -> Iterator[Suggestion]:
    """Yield what the lines say behind a label; what is not what its label promises is left out."""
    for line in lines:
        found = _LABELLED.match(line) if len(line) <= 200 else None
        if found and found.lastgroup:
            field = next(field for field in _LABELS if found[field] is not None)
            yield from _value(field, found["value"].strip(" .,;"), name=name, region=region)


def _value(field: str, value: str, *, name: str, region: str) -> Found:
    if field == "name":
        shown = bare(value)
        return one("name", shown) if is_name(shown, given=name) else ()
    if field == "phone":
        return phone(value, region)
    if field == "region":
        return one("region", region_named(value) or value, value)
    if field == "address":
        return street(value) or one("address", value)
    plain = not any(char.isdigit() for char in value) and len(value) <= 60
    return place(value, sure=True) or (one("city", value) if plain else ())
