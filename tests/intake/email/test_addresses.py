from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from submissions.intake.email.addresses import Mailbox, find_mailbox, is_own
from submissions.models import Kind

LETTERS = Mailbox(address="letters@wyomingstar.example", kind=Kind.LETTER)
OPINION = Mailbox(address="opinion@wyomingstar.example", kind=Kind.OPINION)


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("letters@wyomingstar.example", LETTERS),
        ("LETTERS@WyomingStar.Example", LETTERS),
        ("letters+ab12@wyomingstar.example", replace(LETTERS, extension="ab12")),
        ("opinion@wyomingstar.example", OPINION),
        ("tips@wyomingstar.example", None),
        ("tips+1@wyomingstar.example", None),
        ("letters@elsewhere.example", None),
        ("letters", None),
        ("", None),
        ("\udcff@\udcfe", None),
    ],
)
def test_find_mailbox_goes_by_the_address(recipient, expected):
    assert find_mailbox(recipient) == expected


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("readers@star.example", Kind.UNSORTED),
        ("readers@star.example=letter", Kind.LETTER),
        ("letters@star.example = Opinion", Kind.OPINION),
        ("op-ed@star.example=opinion", Kind.OPINION),
        ("letters@star.example", Kind.UNSORTED),
    ],
)
def test_the_only_address_serves_all_unless_it_is_given_a_kind(settings, entry, kind):
    settings.INTAKE_ADDRESSES = [entry]
    address = entry.partition("=")[0].strip()
    assert find_mailbox(address) == Mailbox(address=address, kind=kind)


def test_one_of_several_addresses_has_the_kind_of_its_name(settings):
    settings.INTAKE_ADDRESSES = ["op-ed@star.example", "readers@star.example"]
    assert find_mailbox("op-ed@star.example") == Mailbox(address="op-ed@star.example", kind=Kind.OPINION)


def test_an_address_declared_for_tips_takes_no_mail(settings):
    settings.INTAKE_ADDRESSES = ["hotline@star.example=tip"]
    assert find_mailbox("hotline@star.example") is None
    assert is_own("hotline@star.example")


def test_an_unknown_kind_is_refused(settings):
    settings.INTAKE_ADDRESSES = ["letters@star.example=poem"]
    with pytest.raises(ImproperlyConfigured, match="letter, opinion, tip, unsorted"):
        find_mailbox("letters@star.example")
