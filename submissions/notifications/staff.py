"""The staff who hear of things by mail."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from submissions.models import Kind, Paper
from submissions.permissions import kinds_for


def editors() -> list[tuple[AbstractUser, list[Kind]]]:
    """Return the active staff accounts with an email address that may judge anything, each with the kinds it may."""
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    return [(account, kinds) for account in accounts if (kinds := kinds_for(account))]


def mail_keepers() -> list[AbstractUser]:
    """Return the active staff accounts with an email address that look after mail: they may have messages read anew."""
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    return [account for account in accounts if account.has_perm("submissions.change_rawmessage")]


def is_staff_address(address: str) -> bool:
    """Whether an address is a staff account's, or on the list of the newspaper's row: an address or a whole domain."""
    folded = address.casefold()
    if not folded:
        return False
    listed = {line.strip().casefold() for line in Paper.current().staff_addresses.splitlines()}
    if folded in listed or f"@{folded.rpartition('@')[2]}" in listed:
        return True
    return get_user_model().objects.filter(is_active=True, is_staff=True, email__iexact=folded).exists()


def chiefs(kind: str) -> list[AbstractUser]:
    """Return the editors who may judge a kind and retract what was published: the chief editors."""
    return [
        account for account, kinds in editors() if kind in kinds and account.has_perm("submissions.retract_submission")
    ]
