"""When a letter says that it was sent, in the ways that mail programs write a date where people read it."""

import re
import unicodedata
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from submissions.cleaning import one_line
from submissions.intake.email.forwards.caseless import caseless
from submissions.intake.email.forwards.months import ENGLISH, MONTHS, SHORTEST

LENGTH = 200
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s{0,2}[-./年]\s{0,2}(\d{1,2})\s{0,2}[-./月]\s{0,2}(\d{1,2})(?!\d)\s{0,2}[日.]?"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s{0,2}([-./])\s{0,2}(\d{1,2})\s{0,2}\2\s{0,2}(\d{4})(?!\d)\.?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(\d{2})(?!\d)")
_THAI = dict(
    zip(("ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค"), ENGLISH, strict=True)
)
_THAI_MONTH = re.compile("|".join(re.escape(name) for name in sorted(_THAI, key=len, reverse=True)))
_TOKEN = re.compile(r"\d{1,4}|[^\W\d_]{1,30}")
_CLOCKS = (
    re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])"),
    re.compile(r"(?<![\d.])(\d{1,2})[.h](\d{2})(?:\.(\d{2}))?(?![\d.])"),
    re.compile(r"(?<!\d)(\d{1,2})\s?[時时点點]\s?(\d{2})\s?分()"),
)
_OFFSET = re.compile(r"(?:\b(?:utc|gmt)\s?([+-])(\d{1,2})(?::?(\d{2}))?|(?<=[\s(])([+-])(\d{2}):?(\d{2}))(?!\d)")
ZONES = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "SEČ": 1, "SELČ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_AMERICAN = {"EST", "EDT", "CDT", "MST", "MDT", "PST", "PDT"}
_NAMED = re.compile(r"\b(" + "|".join(ZONES) + r")\b")
_AFTERNOON = re.compile(r"\d\s?(?:pm|p\.m|μ\.?μ)|午後|下午|晚上|" + caseless("오후"))
_MORNING = re.compile(r"\d\s?(?:am|a\.m|π\.?μ)|午前|上午|凌晨|早上|" + caseless("오전"))
_KOREAN = str.maketrans("년월일시분", "年月日時分")
_BETWEEN = {"de", "of", "di", "do", "st", "nd", "rd", "th", "d", "ב"}

_Day = tuple[int, int, int]
_Found = tuple[_Day, str]
"""Year, month and day, and the text with a date in numbers left out."""


class _Order(NamedTuple):
    """What is known of the order of day and month: in America the month comes first, in most languages the day."""

    month: bool
    day: bool


def read_date(text: str, *, day_first: bool = False) -> datetime | None:
    """Return the time that a text names, None if it is not understood or could mean two days (02/10/2021).

    It is aware where the text says its offset from UTC; else naive, the wall clock of a place that the mail does not
    name. `day_first` says that the language never writes the month first.
    """
    shown = _THAI_MONTH.sub(lambda month: _THAI[month[0]], _ascii_digits(one_line(text, LENGTH)))
    plain = caseless(shown.translate(_KOREAN))
    offset = _offset(shown, plain)
    american = bool(_AMERICAN & set(_NAMED.findall(shown)))
    order = _Order(month=american, day=day_first)
    found = _year_first(plain) or _year_last(plain, _YEAR_LAST, order) or _named(plain)
    found = found or _year_last(plain, _SHORT_YEAR, order)
    if found is None:
        return None
    day, rest = found
    hour, minute, second = _clock(rest)
    try:
        zone = None if offset is None else timezone(timedelta(minutes=offset))
        return datetime(*day, hour, minute, second, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _year_first(text: str) -> _Found | None:
    found = _YEAR_FIRST.search(text)
    return _without(text, found, (_year(found[1]), int(found[2]), int(found[3]))) if found else None


def _year_last(text: str, form: re.Pattern[str], order: _Order) -> _Found | None:
    """Return a date such as 28.10.2021 or 10/28/2021; with slashes, only where it can mean but one day."""
    found = form.search(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    either = found[2] == "/" and first <= 12 and second <= 12 and first != second
    if either and not order.month and not order.day:
        return None
    month_first = second > 12 or (either and order.month)
    month, day = (first, second) if month_first else (second, first)
    return _without(text, found, (_year(found[4]), month, day))


def _without(text: str, found: re.Match[str], day: _Day) -> _Found:
    return day, f"{text[: found.start()]} {text[found.end() :]}"


def _named(text: str) -> _Found | None:
    """Return a date with the month's name."""
    tokens = _TOKEN.findall(re.sub(r"\bth(?:an)?g (\d{1,2})", _vietnamese, text))
    year = next((token for token in tokens if len(token) == 4 and token.isdigit()), "")
    for place in reversed(range(len(tokens))):
        month = _month(tokens[place]) or _listopada(tokens[place], text)
        day = _day_beside(tokens, place) if month else ""
        if month and day and year:
            return (_year(year), month, int(day)), text
    return None


def _vietnamese(found: re.Match[str]) -> str:
    return ENGLISH[int(found[1]) - 1] if 1 <= int(found[1]) <= 12 else found[0]


def _month(token: str) -> int:
    return MONTHS.get(token, 0) or MONTHS.get(token.removeprefix("ב"), 0) if len(token) >= SHORTEST else 0


def _listopada(token: str, text: str) -> int:
    """Return which month `lis` means: November in Polish, October in Croatian, which writes a dot before it."""
    if len(token) < SHORTEST or not "listopada".startswith(token):
        return 0
    return 10 if re.search(r"\d\.\s?lis", text) else 11


def _day_beside(tokens: list[str], place: int) -> str:
    """Return the number of one or two digits before a month's name, else the one after it."""
    before = [token for token in tokens[max(place - 2, 0) : place] if token not in _BETWEEN][-1:]
    beside = [*before, *tokens[place + 1 : place + 2]]
    return next((token for token in beside if token.isdigit() and len(token) <= 2), "")


def _year(digits: str) -> int:
    """Return a year; two digits mean this century, the Thai count begins 543 years earlier."""
    year = int(digits)
    return year + 2000 if len(digits) == 2 else year - 543 if 2500 < year < 2700 else year


def _clock(text: str) -> tuple[int, int, int]:
    found = next((found for form in _CLOCKS if (found := form.search(text))), None)
    if not found:
        return 0, 0, 0
    hour = int(found[1])
    if _AFTERNOON.search(text) and hour < 12:
        hour += 12
    elif _MORNING.search(text) and hour == 12:
        hour = 0
    return hour, int(found[2]), int(found[3] or 0)


def _offset(shown: str, plain: str) -> int | None:
    """Return the minutes that a clock is ahead of UTC, None if the text does not say."""
    found = _OFFSET.search(plain)
    if found:
        sign, hours, minutes = found[1] or found[4], found[2] or found[5], found[3] or found[6] or "0"
        return (-1 if sign == "-" else 1) * (int(hours) * 60 + int(minutes))
    named = _NAMED.search(shown)
    return ZONES[named[1]] * 60 if named else None
