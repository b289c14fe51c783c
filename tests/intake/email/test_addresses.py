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
        ("letters+ab12@wyomingstar.example", LETTERS),
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
        ("op-ed@star.example", Kind.OPINION),
    ],
)
def test_one_address_may_be_given_its_kind(settings, entry, kind):
    settings.INTAKE_ADDRESSES = [entry]
    address = entry.partition("=")[0].strip()
    assert find_mailbox(address) == Mailbox(address=address, kind=kind)


def test_an_address_declared_for_tips_takes_no_mail(settings):
    settings.INTAKE_ADDRESSES = ["hotline@star.example=tip"]
    assert find_mailbox("hotline@star.example") is None
    assert is_own("hotline@star.example")


def test_an_unknown_kind_is_refused(settings):
    settings.INTAKE_ADDRESSES = ["letters@star.example=poem"]
    with pytest.raises(ImproperlyConfigured, match="letter, opinion, tip, unsorted"):
        find_mailbox("letters@star.example")
