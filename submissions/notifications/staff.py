"""The staff who hear of things by mail."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from submissions.models import Kind
from submissions.permissions import kinds_for


def editors() -> list[tuple[AbstractUser, list[Kind]]]:
    """Return the active staff accounts with an email address that may judge anything, each with the kinds it may."""
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    return [(account, kinds) for account in accounts if (kinds := kinds_for(account))]


def chiefs(kind: str) -> list[AbstractUser]:
    """Return the editors who may judge a kind and retract what was published: the chief editors."""
    return [
        account for account, kinds in editors() if kind in kinds and account.has_perm("submissions.retract_submission")
    ]
