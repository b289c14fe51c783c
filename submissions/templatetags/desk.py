"""How the desk writes times, ages and people."""

from datetime import datetime

import phonenumbers
from django import template
from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def age(since: datetime | None) -> str:
    """Return how long ago something was, in its two largest units: "1 d 4 h", "3 h 5 min", "12 min"."""
    if since is None:
        return ""
    minutes = max(0, int((timezone.now() - since).total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours and days < 10 else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"
    return f"{rest} min"


@register.filter
def clock(at: datetime | None) -> str:
    """Return a time as an editor says it: "08:12" today, "9 Nov, 08:12" this year, "9 Nov 2025" before."""
    if at is None:
        return ""
    local, now = timezone.localtime(at), timezone.localtime()
    if local.date() == now.date():
        return date_format(local, "H:i")
    return date_format(local, "j M, H:i" if local.year == now.year else "j M Y")


@register.filter
def person(user: AbstractUser | None) -> str:
    """Return an account's full name, else its user name."""
    return (user.get_full_name() or user.get_username()) if user else ""


@register.filter
def phone(number: str) -> str:
    """Return a phone number as it is read aloud, "+1 307-555-0134"; what is none stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
