"""What a browser posts: a filled form that was open for a minute."""

import re
import time

from django.utils import timezone

from submissions.intake.web.traps import START
from submissions.models import HousePolicy, Kind

LETTER = "/submit/letter/"
OPINION = "/submit/opinion/"


def filled(**fields: object) -> dict[str, object]:
    """A letter that is right, unless told otherwise; a field given as None is left out."""
    typed: dict[str, object] = {
        "name": "W. Prairie",
        "email": "w.prairie@example.org",
        "city": "Laramie",
        "body": "The footbridge was closed without a word.",
        "consent": "on",
        "key": "k" * 22,
        "started": START.sign(str(int(time.time()) - 60)),
    }
    return {name: value for name, value in {**typed, **fields}.items() if value is not None}


def new_policy(**fields: object) -> HousePolicy:
    """The letters' next policy: the old one with other figures."""
    policy = HousePolicy.objects.in_force(Kind.LETTER)
    policy.pk, policy.number, policy.in_force_from = None, policy.number + 1, timezone.now()
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.save(force_insert=True)
    return policy


def csrf_of(response) -> str:
    """The token in a page's first form."""
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode()).group(1)
