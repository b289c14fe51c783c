import re

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from submissions.models import Notification, Paper
from submissions.notifications.reply_tokens import LOCAL_PART, notification_of, reply_address, token_for
from tests import factories
from tests.notifications.mails import mail_of, owe_one, owed_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def test_a_token_leads_to_its_mail_in_any_case():
    first, second = owe_one(1), owe_one(2)
    token = token_for(first)
    assert re.fullmatch("[a-z2-7]{24}", token)
    assert [notification_of(one) for one in (token, token.upper(), token_for(second))] == [first, first, second]


def test_numbers_of_any_length_make_tokens_of_one_length():
    assert [len(token_for(Notification(pk=pk))) for pk in (1, 2**31, 2**40 - 1)] == [24, 24, 24]


def test_a_token_of_a_mail_that_is_gone_leads_nowhere():
    assert notification_of(token_for(Notification(pk=4_000_000))) is None


def test_a_changed_or_borrowed_token_leads_nowhere():
    first, second = token_for(owe_one(1)), token_for(owe_one(2))
    changed = [first[:place] + ("b" if first[place] == "a" else "a") + first[place + 1 :] for place in range(24)]
    assert {notification_of(one) for one in [*changed, first[:16] + second[16:]]} == {None}


@given(st.text(max_size=40) | st.from_regex("[a-z2-7]{24}", fullmatch=True))
def test_other_extensions_lead_nowhere(extension):
    assert notification_of(extension) is None


def test_a_secret_that_was_replaced_still_opens_its_tokens_while_it_is_kept():
    owed = owe_one()
    with override_settings(SECRET_KEY="old"):
        token = token_for(owed)
    assert notification_of(token) is None
    with override_settings(SECRET_KEY_FALLBACKS=["old"]):
        assert notification_of(token) == owed


def test_a_reply_goes_to_an_address_of_the_mails_own():
    owed = owe_one()
    expected = f"letters+{token_for(owed)}@wyomingstar.example"
    assert (reply_address(owed, Paper.current()), mail_of(owed).reply_to) == (expected, [expected])


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({"plus_addressing": False}, "letters@wyomingstar.example"),
        ({"reply_address": "desk@wyomingstar.example"}, "desk@wyomingstar.example"),
        ({"reply_address": "a@b.example, c@d.example"}, None),
    ],
)
def test_a_paper_without_such_addresses_has_one_for_all(changed, address):
    Paper.objects.update(**changed)
    assert reply_address(owe_one(), Paper.current()) == address


@pytest.mark.parametrize(("length", "tagged"), [(LOCAL_PART - 25, True), (LOCAL_PART - 24, False)])
def test_an_address_never_grows_too_long(settings, length, tagged):
    address = f"{'l' * length}@wyomingstar.example"
    settings.INTAKE_ADDRESSES = [address]
    Paper.objects.update(reply_address=address)
    assert ("+" in (reply_address(owe_one(), Paper.current()) or "")) == tagged


def test_mail_to_the_staff_and_mail_about_nothing_has_no_address_of_its_own():
    paper, editor = Paper.current(), factories.make_user()
    safety = owe_one(template="safety", user=editor)
    reference = owed_row("reference", to="ann@example.org", key="r")
    assert {reply_address(one, paper) for one in (safety, reference)} == {"letters@wyomingstar.example"}
