import pytest

from submissions.intake.email.loops import MOST_RECEIVED, loop_of
from submissions.intake.email.parsing.parse import parse
from submissions.models import Notification, Paper
from submissions.notifications.loop import mark
from tests.intake.email.mails import LETTERS, mail
from tests.notifications.mails import owe_one

pytestmark = pytest.mark.django_db


def looped(*fields, to=LETTERS, **named):
    return loop_of(parse(mail("x", *fields, **named)), to)


def test_our_own_mark_is_a_loop_and_anybody_elses_is_not(house):
    assert looped(f"X-Loop: {mark(Paper.current())}") == "x_loop"
    assert looped(f"X-Loop: other\r\nX-Loop: {mark(Paper.current())}") == "x_loop"
    assert looped("X-Loop: letters@wyomingstar.example") == ""


def test_our_own_message_id_is_a_loop(house):
    owed = owe_one()
    assert looped(Message_ID=owed.message_id) == "message_id"
    assert looped(Message_ID="<anything@Mailbag.WyomingStar.example>") == "message_id"


def test_a_mail_that_we_sent_is_known_after_the_paper_moved_to_another_domain(house):
    owed = owe_one()
    Paper.objects.update(reply_address="letters@new.example")
    assert looped(Message_ID=owed.message_id) == "message_id"
    Notification.objects.all().delete()
    assert looped(Message_ID=owed.message_id) == ""


@pytest.mark.parametrize("message_id", ["<1@wyomingstar.example>", "<1@mailbag.other.example>", ""])
def test_the_staffs_own_mail_is_no_loop(house, message_id):
    assert looped(Message_ID=message_id) == ""


@pytest.mark.parametrize(
    ("fields", "to", "sign"),
    [
        ([f"Delivered-To: {LETTERS}"], LETTERS, ""),
        ([f"Delivered-To: {LETTERS}", f"Delivered-To: <{LETTERS.upper()}>"], LETTERS, "delivered_to"),
        ([f"Delivered-To: {LETTERS}", "Delivered-To: letters+k3x@wyomingstar.example"], LETTERS, "delivered_to"),
        ([f"Delivered-To: {LETTERS}"] * 2, "opinion@wyomingstar.example", "delivered_to"),
        (["Delivered-To: desk@hosted.example"] * 2, "desk@hosted.example", "delivered_to"),
        ([f"Delivered-To: {LETTERS}", "Delivered-To: opinion@wyomingstar.example"], LETTERS, ""),
        (["Delivered-To: ann@example.org"] * 2, LETTERS, ""),
        (["Delivered-To:"] * 2, LETTERS, ""),
    ],
)
def test_one_own_address_delivered_to_twice_is_a_loop(fields, to, sign):
    assert looped(*fields, to=to) == sign


@pytest.mark.parametrize(("hops", "sign"), [(MOST_RECEIVED, ""), (MOST_RECEIVED + 1, "received")])
def test_a_message_that_has_been_through_too_many_servers_is_a_loop(hops, sign):
    assert looped(*["Received: by x"] * hops) == sign
