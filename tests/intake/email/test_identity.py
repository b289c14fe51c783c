import pytest

from submissions.intake.email.identity import Marks, marks_of
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import LETTERS, mail


def _marks(raw: bytes, to: str = LETTERS) -> Marks:
    return marks_of(to, parse(raw), raw)


def _identity(raw: bytes, to: str = LETTERS) -> str:
    return _marks(raw, to).identity


@pytest.mark.parametrize(
    "again",
    [
        mail("one\ntwo\n", "Received: from a by b", "Delivered-To: x@y", "X-Spam: 1"),
        mail("one\r\ntwo\r\n\r\n"),
        mail("one\ntwo", Subject="Keep the\r\n footbridge open"),
    ],
)
def test_the_road_does_not_change_a_message(again):
    assert _identity(again) == _identity(mail("one\ntwo\n"))


@pytest.mark.parametrize(
    "other",
    [
        mail("one\nthree\n"),
        mail("one\ntwo\n", Subject="Another"),
        mail("one\ntwo\n", From="N. Plain <n@example.org>"),
        mail("one\ntwo\n", Date="Tue, 06 Jan 2026 10:00:00 -0700"),
        mail("one\ntwo\n", Message_ID="<2@example.org>"),
        mail("one\ntwo\n", "Content-Transfer-Encoding: base64"),
    ],
)
def test_a_message_that_differs_is_another(other):
    assert _identity(other) != _identity(mail("one\ntwo\n"))


def test_each_mailbox_has_its_own():
    assert _identity(mail()) != _identity(mail(), to="opinion@wyomingstar.example")
    assert len(_identity(b"")) == 64


def test_two_texts_under_one_message_id_have_the_id_in_common():
    one, two = _marks(mail("one")), _marks(mail("two"))
    assert (one.id_hash == two.id_hash, one.content_hash == two.content_hash) == (True, False)


def test_one_text_under_two_message_ids_has_the_content_in_common():
    one, two = _marks(mail("one")), _marks(mail("one", Message_ID="<2@example.org>"))
    assert (one.id_hash == two.id_hash, one.content_hash == two.content_hash) == (False, True)


def test_no_message_id_is_in_common_with_nothing():
    assert _marks(mail("one", Message_ID="")).id_hash == ""


def test_an_identity_is_the_same_for_ever():
    assert _identity(mail("one\ntwo\n")) == "57bcec6ffe144902aa18fa93b00e26f6c06e954d36753c6617416fa12b12f6ad"
