"""Towns, states and street addresses in the lines of a sign-off."""

import re

from submissions.intake.email.signature.suggestion import Found, one

_STATES = """
Alabama AL Ala|Alaska AK|Arizona AZ Ariz|Arkansas AR Ark|California CA Calif|Colorado CO Colo|Connecticut CT Conn
Delaware DE Del|Florida FL Fla|Georgia GA Ga|Hawaii HI|Idaho ID|Illinois IL Ill|Indiana IN Ind|Iowa IA|Kansas KS Kan
Kentucky KY Ky|Louisiana LA La|Maine ME|Maryland MD Md|Massachusetts MA Mass|Michigan MI Mich|Minnesota MN Minn
Mississippi MS Miss|Missouri MO Mo|Montana MT Mont|Nebraska NE Neb|Nevada NV Nev|New Hampshire NH N.H|New Jersey NJ N.J
New Mexico NM N.M|New York NY N.Y|North Carolina NC N.C|North Dakota ND N.D|Ohio OH|Oklahoma OK Okla|Oregon OR Ore
Pennsylvania PA Pa|Rhode Island RI R.I|South Carolina SC S.C|South Dakota SD S.D|Tennessee TN Tenn|Texas TX Tex|Utah UT
Vermont VT Vt|Virginia VA Va|Washington WA Wash|West Virginia WV W.Va|Wisconsin WI Wis|Wyoming WY Wyo
District of Columbia DC D.C|Puerto Rico PR P.R|Alberta AB Alta|British Columbia BC B.C|Manitoba MB Man
New Brunswick NB N.B|Newfoundland NL|Nova Scotia NS N.S|Ontario ON Ont|Prince Edward Island PE P.E.I|Quebec QC Que
Saskatchewan SK Sask
"""
_ENTRY = re.compile(r"([A-Z][a-z]+(?: [A-Za-z]+)*?) ([A-Z]{2})(?: (\S+))?$")


def _regions() -> dict[str, str]:
    regions: dict[str, str] = {}
    for entry in re.split(r"[|\n]", _STATES.strip()):
        found = _ENTRY.match(entry)
        if found:
            regions |= {spelt.casefold(): found[1] for spelt in found.groups() if spelt}
    return regions


_REGIONS = _regions()
_CAPITAL = r"[^\W\d_a-z][\w'\u2019]{0,30}"
_TOWN = (
    rf"(?:(?:St|Ft|Mt|Pt|Ste)\. )?{_CAPITAL}"
    rf"(?:[ -](?:(?:of|the|de|del|la|le|les|der|am|an|sur|upon|on) )?{_CAPITAL}){{0,3}}"
)
_TOWN_ONLY = re.compile(_TOWN)
_LAST_WORDS = re.compile(
    r"(.{2,60}?)(?:, ?| )([A-Za-z][A-Za-z. ]{1,20}?)\.?,?(?: (?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d))?\.?"
)
_POSTCODE_FIRST = re.compile(rf"(?:[A-Z]{{1,2}}-)?\d{{4,5}} ({_TOWN})")
_NO_TOWN = re.compile(
    r"\b(?:retired|president|chair\w*|director|manager|teacher|mayor|member|owner|editor|author|professor|doctor|nurse"
    r"|attorney|pastor|senator|representative|candidate|veteran|citizen|resident|voter|reader|rancher|farmer"
    r"|student|former"
    r"|inc|llc|ltd|gmbh|university|college|school|church|council|committee|association|club|society|company|party"
    r"|foundation"
    r"|board|department|county commissioner\w*|jr|sr|ph|md|rn|esq|withheld|request|sent|thanks?|regards|sincerely"
    r"|founder"
    r"|coordinator|secretary|treasurer|engineer|consultant|principal|coach|captain|sergeant|ret|letter|and|usa|ceo"
    r"|vice)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(\d{1,6}[A-Za-z]?(?:[ -]\d/\d)? [\w.' -]{1,40}?\b(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard"
    r"|blvd|way|court"
    r"|ct|circle|cir|highway|hwy|route|rte|loop|place|pl|trail|trl|terrace|ter|parkway|pkwy|square|sq|alley|row)\b\.?"
    r"(?: (?:[NSEW]{1,2}|\d{1,5})\b\.?)?(?:,? (?:#|apt|unit|suite|ste|lot)\.? ?\w{1,6})?"
    r"|(?:p\.? ?o\.? box|postfach|apartado|boîte postale|casella postale) \d{1,8}"
    r"|[^\W\d_][\w. -]{1,40}?(?:straße|strasse|str\.|weg|platz|allee|gasse|gatan|vägen|vej|veien|straat|laan"
    r"|katu) ?\d{1,4} ?[a-z]?"
    r"|\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|bd|place|chemin|impasse|quai|allée)\b[\w' -]{2,50}"
    r"|(?:calle|c/|avenida|avda\.?|plaza|paseo|via|viale|piazza|corso|rua|ul\."
    r"|ulica) [^\W\d][\w .'-]{1,40},? \d{1,5}\w?)"
    r"(?:, ?(.{2,80}))?",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:springs|city|falls|river|creek|rock|butte|valley|village|town|lake|hills?|beach|park|grove|rapids|bluffs?|junction"
    r"|san|santa|los|las|fort|ft|new|saint|st|mount|mt|port|el|north|south|east|west|upper|lower|bad|am|sur|upon|la|le)\b",
    re.IGNORECASE,
)
LONGEST = 120


def region_named(text: str) -> str:
    """Return the full name of a state or province of the United States or Canada, "" for anything else."""
    known = _REGIONS.get(text.strip(" .,").casefold(), "")
    return known if known and (len(text.strip(" .,")) != 2 or text.strip(" .,")[0].isupper()) else ""


def place(text: str, *, sure: bool = False) -> Found:
    """Return the town and the state that a text names and nothing else; a town alone only where `sure`."""
    shown = text.strip(" ,;|\u2013\u2014-").removesuffix(".")
    if not 1 < len(shown) <= LONGEST:
        return ()
    found = _LAST_WORDS.fullmatch(shown)
    if found and region_named(found[2]) and is_town(found[1]):
        return one("city", found[1]) + one("region", region_named(found[2]), found[2].strip())
    if region_named(shown) and len(shown) > 2:
        return one("region", region_named(shown), shown)
    posted = _POSTCODE_FIRST.fullmatch(shown)
    if posted and is_town(posted[1]):
        return one("city", posted[1])
    return one("city", shown) if sure and is_town(shown) else ()


def is_town(text: str) -> bool:
    """Whether words may be a town's name: capitals, and no trade, title or society among them."""
    return bool(_TOWN_ONLY.fullmatch(text.strip())) and not _NO_TOWN.search(text)


def is_town_alone(line: str) -> bool:
    """Whether a line of its own is rather a town than a second name: one word, or one that towns are called by."""
    words = line.strip(" .,;").split()
    return len(words) == 1 or bool(_CALLED.search(line))


def town_at_start(text: str) -> Found:
    """Return the town, and the state behind a comma, with which a text begins."""
    found = re.match(rf"({_TOWN})(?:, ?([A-Z][A-Za-z. ]{{1,20}}?)(?=[,;]|\.? |\.?$))?", text[:LONGEST])
    if not found or not is_town(found[1]):
        return ()
    region = region_named(found[2] or "")
    return one("city", found[1]) + (one("region", region, found[2]) if region else ())


def street(line: str) -> Found:
    """Return the street address that a line is, with the place behind it."""
    found = _ADDRESS.fullmatch(line.strip(" .,")) if len(line) <= LONGEST else None
    if not found:
        return ()
    behind = found[2] or ""
    rest = place(behind, sure=True)
    return one("address", found[1].strip(" ,")) + rest if rest or not behind else ()
