"""The demo's four accounts."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import transaction

from submissions.seeding import files

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a password is made of: nothing that is taken for something else when it is typed off a screen."""


@transaction.atomic
def load_accounts(now: datetime) -> list[tuple[User, str]]:
    """Make the accounts that are missing; return each new one with its password, which is stored nowhere else."""
    made = []
    for row in files.rows("accounts.toml", "account"):
        group = Group.objects.get(name=row.pop("group"))
        if User.objects.filter(username=row["username"]).exists():
            continue
        user = User(is_staff=True, date_joined=now - timedelta(days=90), **row)
        password = new_password()
        user.set_password(password)
        user.save()
        user.groups.add(group)
        made.append((user, password))
    return made


def new_password() -> str:
    """Return a random password of 79 bits in four groups."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
